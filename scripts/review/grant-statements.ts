import { valueAt } from "../../modules/values/value-at";
import { isHidden } from "./hidden-word";
import { type StatementJson, statementsIn } from "./policy-statements";
import { isUnknown, type ResourceChange } from "./terraform-plan";

/** A resource that allows something without a policy in JSON. */
interface Grant {
  /** The argument that names who may. */
  readonly principal: string;
  /** The argument that names what. */
  readonly actions: string;
  /** The arguments that limit it. One that is known only after the apply still limits it. */
  readonly limits: readonly string[];
  readonly statement: (values: unknown) => StatementJson;
}

const unknownYet = "(known after apply)";

/**
 * The statement that AWS adds to the policy of a function.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
 */
const lambdaPermission: Grant = {
  principal: "principal",
  actions: "action",
  limits: [
    "event_source_token",
    "function_name",
    "principal_org_id",
    "qualifier",
    "source_account",
    "source_arn",
  ],
  statement: (values) => {
    const principal = textOf(values, "principal");
    const qualifier = textOf(values, "qualifier");
    return {
      Effect: "Allow",
      Principal: /\.amazon(?:aws)?\.com(?:\.cn)?$/.test(principal)
        ? { Service: principal }
        : { AWS: principal },
      Action: textOf(values, "action"),
      Resource: `${textOf(values, "function_name")}${qualifier === "" ? "" : `:${qualifier}`}`,
      Condition: conditionOf([
        ["ArnLike", "aws:SourceArn", textOf(values, "source_arn")],
        ["StringEquals", "aws:SourceAccount", textOf(values, "source_account")],
        ["StringEquals", "aws:PrincipalOrgID", textOf(values, "principal_org_id")],
        ["StringEquals", "lambda:EventSourceToken", textOf(values, "event_source_token")],
        // `NONE` asks nothing of a caller: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
        [
          "StringEquals",
          "lambda:FunctionUrlAuthType",
          textOf(values, "function_url_auth_type").replace("NONE", ""),
        ],
      ]),
    };
  },
};

/**
 * What a grant allows. Its retiring principal may only end it.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/create-grant-overview.html
 */
const kmsGrant: Grant = {
  principal: "grantee_principal",
  actions: "operations",
  limits: ["constraints", "key_id"],
  statement: (values) => {
    const exact = entriesAt(values, "encryption_context_equals");
    const keys = exact.map(([key]) => key);
    return {
      Effect: "Allow",
      Principal: { AWS: textOf(values, "grantee_principal") },
      Action: [valueAt(values, ["operations"]) ?? []].flat().map((operation) => `kms:${String(operation)}`),
      Resource: textOf(values, "key_id"),
      Condition: {
        ...conditionOf([
          [
            "StringEquals",
            "kms:EncryptionContext",
            valueAt(values, ["constraints"]) === unknownYet ? unknownYet : "",
          ],
          ...[...exact, ...entriesAt(values, "encryption_context_subset")].map(
            ([key, value]) => ["StringEquals", `kms:EncryptionContext:${key}`, String(value)] as const,
          ),
        ]),
        ...(keys.length > 0 && { "ForAllValues:StringEquals": { "kms:EncryptionContextKeys": keys } }),
      },
    };
  },
};

const grants: Readonly<Record<string, Grant>> = {
  aws_kms_grant: kmsGrant,
  aws_lambda_permission: lambdaPermission,
};

/** What a resource allows before and after. */
interface GrantChange {
  readonly before: readonly StatementJson[];
  readonly after: readonly StatementJson[];
}

/**
 * What a resource allows without a policy in JSON, before and after.
 *
 * @returns `undefined` for any other type; a reason if nobody can say whom it lets in
 */
export function grantChange(change: ResourceChange): GrantChange | string | undefined {
  const grant = Object.hasOwn(grants, change.type) ? grants[change.type] : undefined;
  if (grant === undefined) return undefined;
  if ([grant.principal, grant.actions].some((name) => isUnknown(change, [name])))
    return "known only after the apply";
  const { before } = change.change;
  const after = withUnknown(change, grant.limits);
  const [old, current] = [before, after].map((values) => textOf(values, grant.principal));
  if (old !== current && (isHidden(old) || isHidden(current))) return "sensitive";
  const statements = (values: unknown) =>
    values === null || values === undefined ? statementsIn(undefined) : [grant.statement(values)];
  return { before: statements(before), after: statements(after) };
}

/** The arguments after a change, with a text for those that are known only after the apply. */
function withUnknown(change: ResourceChange, names: readonly string[]): unknown {
  const { after } = change.change;
  if (typeof after !== "object" || after === null) return after;
  const unknown = names.filter((name) => isUnknown(change, [name]));
  return { ...after, ...Object.fromEntries(unknown.map((name) => [name, unknownYet])) };
}

type Test = readonly [operator: string, key: string, value: string];

/** A condition of the tests that have a value. */
function conditionOf(tests: readonly Test[]): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const condition: Record<string, Record<string, string>> = {};
  for (const [operator, key, value] of tests)
    if (value !== "") condition[operator] = { ...condition[operator], [key]: value };
  return condition;
}

const textOf = (values: unknown, argument: string): string => String(valueAt(values, [argument]) ?? "");

const entriesAt = (values: unknown, argument: string): [string, unknown][] =>
  Object.entries(valueAt(values, ["constraints", 0, argument]) ?? {});

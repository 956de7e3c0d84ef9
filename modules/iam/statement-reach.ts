import { readOperator } from "./condition-operator";
import { ipRange } from "./condition-value";
import { accountOf, isEveryone, principalArn } from "./principal";
import type { ConditionPart, StatementParts } from "./statement-parts";

const accountId = /^\d{12}$/;

/** ARN whose account is fixed. Wildcards elsewhere do not let anyone else in. */
const arnOfAccount = /^(?:arn|\*):[^:]*:[^:*?]+:[^:]*:(\d{12}):/;

/** Where a value may name what the caller has anyway: these compare the caller with the owner of the resource. */
const ownerVariables: Readonly<Record<string, string>> = {
  account: "${aws:resourceaccount}",
  organization: "${aws:resourceorgid}",
  paths: "${aws:resourceorgpaths}",
};

/** Keys that name one user of a public identity provider. */
const webUserKeys = [
  "accounts.google.com:sub",
  "cognito-identity.amazonaws.com:sub",
  "graph.facebook.com:id",
  "www.amazon.com:user_id",
];

/**
 * Keys that name the application or the user for whom a public identity provider issued a token.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
 */
const webIdentityKeys = [
  ...webUserKeys,
  "accounts.google.com:aud",
  "accounts.google.com:oaud",
  "cognito-identity.amazonaws.com:aud",
  "graph.facebook.com:app_id",
  "www.amazon.com:app_id",
];

/**
 * Keys that narrow down who calls, by their names in lower case, with the values that do so. Values that anyone can
 * have, such as tags of the caller, narrow nothing, nor do patterns that match several accounts or organizations.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const narrowing: Readonly<Record<string, (value: string) => boolean>> = Object.assign(
  Object.create(null),
  Object.fromEntries([
    ...["principalaccount", "sourceaccount", "sourceowner", "vpceaccount"].map((key) => [
      `aws:${key}`,
      (value: string) => accountId.test(value) || value.toLowerCase() === ownerVariables["account"],
    ]),
    ...["principalorgid", "sourceorgid", "vpceorgid"].map((key) => [
      `aws:${key}`,
      (value: string) =>
        /^o-[a-z0-9]{10,32}$/.test(value) || value.toLowerCase() === ownerVariables["organization"],
    ]),
    ...["principalorgpaths", "sourceorgpaths", "vpceorgpaths"].map((key) => [
      `aws:${key}`,
      (value: string) =>
        /^o-[a-z0-9]{10,32}\//.test(value) || value.toLowerCase() === ownerVariables["paths"],
    ]),
    ...["principalarn", "sourcearn"].map((key) => [
      `aws:${key}`,
      (value: string) => arnOfAccount.test(value),
    ]),
    ["aws:principalservicename", (value: string) => /^[a-z0-9.-]+$/.test(value)],
    ["aws:sourceip", isNarrowRange],
    ["aws:sourcevpc", (value: string) => /^vpc-[0-9a-f]+$/.test(value)],
    ["aws:sourcevpcarn", (value: string) => arnOfAccount.test(value)],
    ["aws:sourcevpce", (value: string) => /^vpce-[0-9a-f]+$/.test(value)],
    // The application or the user of a public identity provider.
    ...webIdentityKeys.map((key): [string, typeof isExact] => [key, isExact]),
    ["aws:userid", (value: string) => /^(?:\d{12}|A[A-Z]{3}[A-Z0-9]{12,})(?::|$)/.test(value)],
  ]),
);

/** Without wildcards and policy variables. */
function isExact(value: string): boolean {
  return /^[^*?$]+$/.test(value);
}

/** S3 calls wider ranges public. */
function isNarrowRange(value: string): boolean {
  const range = ipRange(value);
  return range !== undefined && range.prefix >= (range.version === 4 ? 8 : 32);
}

/** The comparison as far as it limits a statement: its key, if only the values can match, and a missing key does not. */
function limit(
  { operator, key, values }: ConditionPart,
  conditions: readonly ConditionPart[],
): { key: string; values: string[] } | undefined {
  const read = readOperator(operator.value);
  if (typeof read === "string" || read.negated || read.ifExists || values.length === 0) return undefined;
  if (!["string", "arn", "ip"].includes(read.family)) return undefined;
  const name = key.value.toLowerCase();
  // ForAllValues is met by a call without the key.
  if (read.set === "ForAllValues" && !conditions.some((other) => requires(other, name))) return undefined;
  return { key: name, values: values.map(({ value }) => value) };
}

function requires({ operator, key, values }: ConditionPart, name: string): boolean {
  const read = readOperator(operator.value);
  return (
    typeof read !== "string" &&
    read.family === "null" &&
    key.value.toLowerCase() === name &&
    values.every(({ value }) => value.toLowerCase() === "false")
  );
}

function limits(conditions: readonly ConditionPart[]): { key: string; values: string[] }[] {
  return conditions.flatMap((condition) => limit(condition, conditions) ?? []);
}

/** Whether a statement's conditions keep out callers that nobody in the conditions names. */
export function isNarrowed({ conditions }: StatementParts): boolean {
  return limits(conditions).some(({ key, values }) => {
    const isNarrow = narrowing[key];
    return isNarrow !== undefined && values.every(isNarrow);
  });
}

/** Whether a statement allows everyone, or everyone at a public identity provider, without a condition that narrows down who. */
export function allowsEveryone(statement: StatementParts): boolean {
  const { effect, principals } = statement;
  return (
    effect === "Allow" && (principals.negated || principals.list.some(isEveryone)) && !isNarrowed(statement)
  );
}

/**
 * Whether a statement allows callers outside an account that it does not name one by one: everyone, an organization, or
 * a whole account. Roles, users, sessions, services, and identity providers with an ARN are named.
 */
export function allowsUnnamedOutside(statement: StatementParts, ownAccountId: string | undefined): boolean {
  const { effect, principals, conditions } = statement;
  if (effect !== "Allow") return false;
  const callers = limits(conditions);
  const limitedTo = (keys: readonly string[], fits: (value: string) => boolean) =>
    callers.some(({ key, values }) => keys.includes(key) && values.every(fits));
  const own = (id: string | undefined) => id !== undefined && id === ownAccountId;
  const named =
    limitedTo(["aws:principalarn"], isNamedRole) ||
    limitedTo(["aws:userid"], isNamedId) ||
    limitedTo(webUserKeys, isExact);
  const ofOwnAccount =
    limitedTo(
      ["aws:principalaccount", "aws:sourceaccount"],
      (value) => own(value) || value.toLowerCase() === ownerVariables["account"],
    ) || limitedTo(["aws:principalarn", "aws:sourcearn"], (value) => own(arnOfAccount.exec(value)?.[1]));
  if (ofOwnAccount) return false;
  if (principals.negated) return true;
  return principals.list.some((principal) => {
    const { type, identifier } = principal;
    if (isEveryone(principal)) return !named;
    if (type === "Federated" || type === "Service") return false;
    const whole = accountId.test(identifier) || principalArn(identifier)?.resource === "root";
    return whole && !own(accountOf(principal)) && !named;
  });
}

/** A role, user or session of one account, perhaps by a pattern of its name. */
function isNamedRole(arn: string): boolean {
  return arnOfAccount.test(arn) && /:(?:role|user|assumed-role|federated-user)\/[^*?]/.test(arn);
}

const isNamedId = (id: string): boolean => /^A[A-Z]{3}[A-Z0-9]{12,}(?::|$)/.test(id);

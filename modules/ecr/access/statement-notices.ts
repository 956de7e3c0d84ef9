import { findKey } from "../../iam/condition-key";
import { readOperator } from "../../iam/condition-operator";
import { isUniqueId } from "../../iam/principal";
import { similarService } from "../../iam/service-principal";
import type { ConditionPart, Path, StatementParts } from "../../iam/statement-parts";
import { isNarrowed } from "../../iam/statement-reach";
import { isKnownAction, matchesAction } from "./ecr-actions";
import { loginAction } from "./image-actions";
import { changesRepository, ecrKeys } from "./repository-statement";

/** What is valid in a statement of a repository policy, but probably not meant. */
export interface StatementNotice {
  readonly kind: "service-without-source" | "policy-without-effect" | "policy-unverified";
  readonly path: Path;
  /** One or two sentences. */
  readonly text: string;
}

type Text = Omit<StatementNotice, "kind">;

/** The notices on a statement that ECR accepts, as far as AWS documents. */
export function statementNotices(statement: StatementParts): StatementNotice[] {
  const of = (kind: StatementNotice["kind"], texts: Text[]): StatementNotice[] =>
    texts.map((text) => ({ kind, ...text }));
  return [
    ...of("policy-unverified", [
      ...unusualSid(statement),
      ...unknownPrincipals(statement),
      ...unknownActions(statement),
      ...statement.conditions.flatMap(unknownKey),
    ]),
    ...of("policy-without-effect", [
      ...registryActions(statement),
      ...statement.conditions.flatMap(literalWildcards),
    ]),
    ...of("service-without-source", servicesForAnyone(statement)),
  ];
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html */
function unusualSid({ sid }: StatementParts): Text[] {
  if (sid === undefined || /^[0-9A-Za-z ]*$/.test(sid.value)) return [];
  return [
    { path: sid.path, text: "AWS documents only letters and digits in a Sid. ECR may refuse this one." },
  ];
}

function unknownPrincipals({ principals }: StatementParts): Text[] {
  return principals.list.flatMap((principal): Text[] => {
    if (isUniqueId(principal))
      return [
        {
          path: principal.path,
          text: "This is the ID of a user or a role, which IAM writes into a policy once the principal is deleted. ECR refuses a deleted principal.",
        },
      ];
    const meant = principal.type === "Service" ? similarService(principal.identifier) : undefined;
    return meant === undefined
      ? []
      : [{ path: principal.path, text: `No known AWS service has this name; ${meant}` }];
  });
}

function unknownActions({ actions }: StatementParts): Text[] {
  return actions.list
    .filter(({ value }) => !isKnownAction(value))
    .map(({ path }) => ({
      path,
      text: "This matches no known action of ECR. ECR refuses an action that does not exist.",
    }));
}

function unknownKey({ key }: ConditionPart): Text[] {
  const finding = findKey(key.value, ecrKeys);
  if (finding.kind !== "unknown") return [];
  const hint = finding.nearest === undefined ? "" : ` Did you mean "${finding.nearest}"?`;
  return [
    {
      path: key.path,
      text: `Calls of ECR have no known condition key of this name. A condition on a key that a call does not have is not met, or always met with IfExists, ForAllValues or a negated operator.${hint}`,
    },
  ];
}

/**
 * Actions that are about no repository. Policies of repositories often contain the login, and ECR accepts them.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html
 */
function registryActions({ actions }: StatementParts): Text[] {
  if (actions.negated) return [];
  return actions.list
    .filter(
      ({ value }) =>
        matchesAction(value, "concernsRegistry") &&
        !matchesAction(value, "readsRepository") &&
        !matchesAction(value, "changesRepository"),
    )
    .map(({ path, value }) => ({
      path,
      text:
        value.toLowerCase() === loginAction.toLowerCase()
          ? "Logging in concerns no repository, so a repository policy can neither allow nor deny it. Principals need this action on * in their own policies."
          : "This action is about the registry, not about a repository, so it has no effect in a repository policy.",
    }));
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html */
function literalWildcards({ operator, values }: ConditionPart): Text[] {
  const read = readOperator(operator.value);
  if (typeof read === "string" || !/^String(?:Not)?Equals/.test(read.name)) return [];
  return values
    .filter(({ value }) => /[*?]/.test(value.replace(/\$\{[*?]\}/g, "")))
    .map(({ path }) => ({
      path,
      text: `${read.name} compares wildcards as plain text, so this matches nothing that AWS sends; use ${read.name.replace(/Equals.*/, "Like")}.`,
    }));
}

/**
 * A service that acts for whomever asks it to. AWS documents the statement by which Lambda pulls for functions of the
 * repository's own account without a condition.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/images-create.html
 */
function servicesForAnyone(statement: StatementParts): Text[] {
  const { effect, principals } = statement;
  if (effect === "Deny" || isNarrowed(statement)) return [];
  const pulls = !changesRepository(statement);
  return principals.list
    .filter(({ type, identifier }) => type === "Service" && !(pulls && identifier.startsWith("lambda.")))
    .map(({ path }) => ({
      path,
      text: "The service can act for other accounts too; add a condition on aws:SourceAccount or aws:SourceArn, if the service sends it.",
    }));
}

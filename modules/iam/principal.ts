import { serviceProblem } from "./service-principal";

/** Types of principals in a policy of a resource. `*` is everyone. */
export const principalTypes = ["AWS", "Service", "Federated", "*"] as const;

export type PrincipalType = (typeof principalTypes)[number];

/** One principal of a statement. */
export interface Principal {
  readonly type: PrincipalType;
  /** An ARN, an account ID, a host name, or `*`. */
  readonly identifier: string;
}

/** An ARN of a principal, taken apart. */
interface PrincipalArn {
  readonly partition: string;
  readonly accountId: string;
  /** E.g. `role/ci/build` or `root`. */
  readonly resource: string;
}

const name = String.raw`[\w+=,.@-]{1,64}`;
const path = String.raw`(?:[\x21-\x2e\x30-\x7e]+\/)*`;

/** Whom an ARN may name: an account, a role, a user, or a session. */
const namedByArn = [
  /^iam:root$/,
  new RegExp(`^iam:(?:role|user)/${path}${name}$`),
  new RegExp(`^sts:(?:assumed-role/${name}|federated-user)/[\\w+=,.@-]{2,64}$`),
];

/** The ARN of an AWS principal; `undefined` for an account ID, `*`, and what is none. */
export function principalArn(identifier: string): PrincipalArn | undefined {
  const [, partition = "", service, accountId = "", resource = ""] =
    /^arn:(aws[a-z-]*):(iam|sts)::(\d{12}):(.+)$/s.exec(identifier) ?? [];
  return namedByArn.some((form) => form.test(`${service}:${resource}`)) && !/[*?]/.test(resource)
    ? { partition, accountId, resource }
    : undefined;
}

/** The account that an AWS principal is in; `undefined` for `*`, services and identity providers. */
export function accountOf({ type, identifier }: Principal): string | undefined {
  if (type !== "AWS") return undefined;
  return /^\d{12}$/.test(identifier) ? identifier : principalArn(identifier)?.accountId;
}

/** Identity providers that need no ARN, at which everyone can sign in, with the condition key for the application. */
const webProviders: ReadonlyMap<string, string> = new Map([
  ["accounts.google.com", "accounts.google.com:aud"],
  ["cognito-identity.amazonaws.com", "cognito-identity.amazonaws.com:aud"],
  ["graph.facebook.com", "graph.facebook.com:app_id"],
  ["www.amazon.com", "www.amazon.com:app_id"],
]);

/**
 * The condition key that names the application which a public identity provider issued a token for; `undefined` for
 * other principals.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
 */
export function webApplicationKey({ type, identifier }: Principal): string | undefined {
  return type === "Federated" ? webProviders.get(identifier) : undefined;
}

/** Whether a principal is everyone, with or without an AWS account, or everyone who signs in at a public provider. */
export function isEveryone(principal: Principal): boolean {
  const { type, identifier } = principal;
  return type === "*" || (type === "AWS" && identifier === "*") || webApplicationKey(principal) !== undefined;
}

/** ID that IAM gives a user or a role, and writes into policies once the principal is deleted. */
export function isUniqueId({ type, identifier }: Principal): boolean {
  return type === "AWS" && /^A[A-Z]{3}[A-Z0-9]{12,28}$/.test(identifier);
}

/**
 * The advice on a principal that AWS would not accept, as "rule; remedy".
 *
 * @param partition partition of the resource, e.g. `aws-cn`: policies reach no further. `undefined`: any
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function principalProblem(principal: Principal, partition: string | undefined): string | undefined {
  const { type, identifier } = principal;
  if (type === "*")
    return identifier === "*"
      ? undefined
      : 'type "*" means everyone, regardless of the identifiers; use type "AWS" or set identifiers: ["*"]';
  if (type === "Service") return serviceProblem(identifier, partition);
  if (type === "Federated") return federatedProblem(identifier, partition);
  if (identifier === "*" || /^\d{12}$/.test(identifier) || isUniqueId(principal)) return undefined;
  const arn = principalArn(identifier);
  if (arn === undefined || /^role\/AWSReservedSSO_/.test(arn.resource)) return awsProblem(identifier);
  return partitionProblem(arn.partition, partition);
}

function partitionProblem(found: string, partition: string | undefined): string | undefined {
  return partition === undefined || found === partition
    ? undefined
    : `a policy applies only within its own partition; use a principal in the partition ${partition}`;
}

/** What AWS principals are, and how the commonest wrong ones are meant. */
function awsProblem(identifier: string): string {
  const [, partition = "aws", , account = "", resource = ""] =
    /^arn:([^:]*):(iam|sts)::([^:]*):(.*)$/s.exec(identifier) ?? [];
  const accountId = /^\d{12}$/.test(account) ? account : "<account>";
  const sso = /AWSReservedSSO_[\w+=,.@-]*/.exec(resource)?.[0];
  if (resource !== "" && (/[*?]/.test(identifier) || sso !== undefined)) {
    const pattern =
      sso === undefined ? wildcardName(resource) : `role/aws-reserved/sso.amazonaws.com/*${sso}*`;
    const rule =
      sso === undefined || /[*?]/.test(identifier)
        ? "a principal cannot contain wildcards"
        : "IAM Identity Center creates its roles under the path /aws-reserved/sso.amazonaws.com/";
    return `${rule}; use the account, arn:${partition}:iam::${accountId}:root, with the condition ArnLike on aws:PrincipalArn: "arn:${partition}:iam::${accountId}:${pattern}"`;
  }
  if (/^(?:group|instance-profile)\//.test(resource))
    return "a group or an instance profile cannot be a principal; use the ARN of a role or a user";
  if (/^[\w+.-]+\.amazonaws\.com(?:\.cn)?$/i.test(identifier))
    return 'this is a service, not an AWS account, role or user; use the type "Service"';
  if (/^\d+$/.test(identifier))
    return "an account ID has 12 digits, including zeros at the start; use the whole ID";
  return "an AWS principal is an account ID, *, or the ARN of an account, a role, a user or a session; use a principal such as arn:aws:iam::123456789012:role/build";
}

/** What `aws:PrincipalArn` is for the principals of a pattern: for sessions, their role. */
function wildcardName(resource: string): string {
  const [type = "", ...rest] = resource.split("/");
  if (type === "user") return resource;
  return `role/${(type === "assumed-role" ? rest[0] : rest.join("/")) || "<name>*"}`;
}

function federatedProblem(identifier: string, partition: string | undefined): string | undefined {
  if (identifier.includes("*"))
    return "IAM does not support wildcards for Federated; list the identity providers individually";
  const [, found] =
    /^arn:(aws[a-z-]*):iam::\d{12}:(?:saml|oidc)-provider\/[\w+=,.@/:-]+$/.exec(identifier) ?? [];
  if (found !== undefined) return partitionProblem(found, partition);
  return webProviders.has(identifier)
    ? undefined
    : `a federated principal is the ARN of an identity provider, or one of ${[...webProviders.keys()].join(", ")}; use an ARN such as arn:${partition ?? "aws"}:iam::123456789012:oidc-provider/token.actions.githubusercontent.com`;
}

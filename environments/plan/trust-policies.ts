import { policyDocument } from "../../modules/iam/policy-document";
import type { TrustOptions } from "../options/ci-trust";
import { trustPolicyStatements } from "./ci-roles";
import type { Environment } from "./environment";

/** Lengths of a role's trust policy. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const trustPolicyQuota = { byDefault: 2048, atMost: 8192 } as const;

/** The trust policy of a pipeline role: where its pipelines are in the file, and its length in characters. */
export interface TrustPolicy {
  readonly path: readonly string[];
  readonly entries: number;
  readonly length: number;
}

/** The trust policies of an environment's pipeline roles. */
export function trustPoliciesOf(environment: Environment): TrustPolicy[] {
  const { push = {}, plan, deploy } = environment.security.ci ?? {};
  const roles: [string[], readonly TrustOptions[] | undefined][] = [
    ...Object.entries(push).map(([name, { trust }]): [string[], readonly TrustOptions[]] => [
      ["push", name],
      trust,
    ]),
    [["plan"], plan?.trust],
    [["deploy"], deploy?.trust],
  ];
  return roles.flatMap(([role, trust = []]) => {
    if (trust.length === 0) return [];
    const { length } = policyDocument(trustPolicyStatements(environment, trust));
    return [{ path: ["security", "ci", ...role, "trust"], entries: trust.length, length }];
  });
}

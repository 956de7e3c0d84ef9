import {
  identityPolicy,
  maxRolePolicyLength,
  type RepositoryAccess,
  rolePolicyLengthAdvice,
} from "../../../modules/ecr/access/identity-policy";
import { policyLengthAdvice } from "../../../modules/ecr/access/repository-grants";
import { maxPolicyLength, repositoryPolicy } from "../../../modules/ecr/access/repository-policy";
import { accessTo } from "../../plan/access";
import type { Environment } from "../../plan/environment";
import { ownDestinations } from "../../plan/replicas";
import { shardNumber } from "../../plan/shards";
import { trustPoliciesOf, trustPolicyQuota } from "../../plan/trust-policies";
import type { Problem } from "../../schema/problem";

/**
 * Repository policies longer than ECR allows, and inline and trust policies longer than IAM allows. The rule needs validated
 * options, from which the policies are built.
 */
export function policyLengthProblems(environment: Environment): Problem[] {
  const { file } = environment;
  const path = ["ecr", "repositories"];
  // Each stack adds a policy of its own to a role: those of the repositories, and that of the replicas.
  const roles = new Map<string, Map<number | "replicas", RepositoryAccess[]>>();
  const { stateShards = 1 } = environment.ecr;
  const repositoryProblems = Object.entries(environment.ecr.repositories).flatMap(
    ([shortName, options]): Problem[] => {
      // The policies of replicas contain the names of their Regions, which may be longer.
      const plans = [environment.region, ...ownDestinations(environment.accountId, options)].map((region) =>
        accessTo({ ...environment, region }, shortName, options),
      );
      plans.forEach((plan, index) => {
        const stack = index === 0 ? shardNumber(shortName, stateShards) : "replicas";
        for (const { roleArn, access } of plan.roles) {
          const byStack = roles.get(roleArn) ?? new Map<number | "replicas", RepositoryAccess[]>();
          roles.set(roleArn, byStack.set(stack, [...(byStack.get(stack) ?? []), access]));
        }
      });
      const policies = plans.map(({ grants }) => grants.statements());
      const length = Math.max(...policies.map((statements) => repositoryPolicy(statements).length));
      if (length <= maxPolicyLength) return [];
      const found = `${policies[0]?.length} policy statements`;
      return [{ file, path: [...path, shortName], found, advice: policyLengthAdvice(length) }];
    },
  );
  const roleProblems = [...roles].flatMap(([found, byStack]): Problem[] => {
    const length = [...byStack.values()].reduce((sum, accesses) => sum + identityPolicy(accesses).length, 0);
    return length <= maxRolePolicyLength
      ? []
      : [{ file, path, found, advice: rolePolicyLengthAdvice(length) }];
  });
  return [...repositoryProblems, ...roleProblems, ...trustPolicyProblems(environment)];
}

/** Between the default quota and the greatest, a warning says so. */
function trustPolicyProblems(environment: Environment): Problem[] {
  return trustPoliciesOf(environment)
    .filter(({ length }) => length > trustPolicyQuota.atMost)
    .map(({ path, entries, length }) => ({
      file: environment.file,
      path,
      found: `${entries} entries`,
      advice: `the trust policy of the role would have ${length} characters, and IAM allows at most ${trustPolicyQuota.atMost}; use fewer entries, for example with *`,
    }));
}

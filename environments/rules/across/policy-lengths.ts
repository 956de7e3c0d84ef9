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
  // Each stack adds a policy of its own to a role.
  const roles = new Map<string, Map<number, RepositoryAccess[]>>();
  const { stateShards = 1 } = environment.ecr;
  const repositoryProblems = Object.entries(environment.ecr.repositories).flatMap(
    ([shortName, options]): Problem[] => {
      const { grants, roles: granted } = accessTo(environment, shortName, options);
      const shard = shardNumber(shortName, stateShards);
      for (const { roleArn, access } of granted) {
        const byShard = roles.get(roleArn) ?? new Map<number, RepositoryAccess[]>();
        roles.set(roleArn, byShard.set(shard, [...(byShard.get(shard) ?? []), access]));
      }
      const statements = grants.statements();
      const { length } = repositoryPolicy(statements);
      if (length <= maxPolicyLength) return [];
      const found = `${statements.length} policy statements`;
      return [{ file, path: [...path, shortName], found, advice: policyLengthAdvice(length) }];
    },
  );
  const roleProblems = [...roles].flatMap(([found, byShard]): Problem[] => {
    const length = [...byShard.values()].reduce((sum, accesses) => sum + identityPolicy(accesses).length, 0);
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

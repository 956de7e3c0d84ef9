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
import { trustPoliciesOf, trustPolicyQuota } from "../../plan/trust-policies";
import type { Problem } from "../../schema/problem";

/**
 * Repository policies longer than ECR allows, and inline and trust policies longer than IAM allows. The rule needs validated
 * options, from which the policies are built.
 */
export function policyLengthProblems(environment: Environment): Problem[] {
  const { file } = environment;
  const path = ["ecr", "repositories"];
  const roles = new Map<string, RepositoryAccess[]>();
  const repositoryProblems = Object.entries(environment.ecr.repositories).flatMap(
    ([shortName, options]): Problem[] => {
      const { grants, roles: granted } = accessTo(environment, shortName, options);
      for (const { roleArn, access } of granted) roles.set(roleArn, [...(roles.get(roleArn) ?? []), access]);
      const statements = grants.statements();
      const { length } = repositoryPolicy(statements);
      if (length <= maxPolicyLength) return [];
      const found = `${statements.length} policy statements`;
      return [{ file, path: [...path, shortName], found, advice: policyLengthAdvice(length) }];
    },
  );
  const roleProblems = [...roles].flatMap(([found, accesses]): Problem[] => {
    const { length } = identityPolicy(accesses);
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

import { partitionOf } from "../modules/aws-partition";
import {
  maxPolicyLength,
  pullFromAccounts,
  pullFromLambda,
  pullFromLambdaOfAccounts,
  repositoryPolicy,
  statementOf,
} from "../modules/ecr/repository-policy";
import type { Statement } from "../modules/policy-document";
import type { RepositoryOptions } from "./ecr-options";
import type { Environment } from "./environment";
import type { Problem } from "./problem";

/** Who may use a repository: the statements that its options stand for, then those that the file spells out. */
export function policyStatements({ region }: Environment, options: RepositoryOptions): Statement[] {
  const { allowedAccountIds, enableLambdaPull, repositoryPolicyStatements } = options;
  const partition = partitionOf(region);
  const shared = allowedAccountIds.length > 0;
  return [
    ...(shared ? [pullFromAccounts(partition, allowedAccountIds)] : []),
    ...(enableLambdaPull ? [pullFromLambda()] : []),
    ...(enableLambdaPull && shared ? [pullFromLambdaOfAccounts(partition, region, allowedAccountIds)] : []),
    ...repositoryPolicyStatements.map(statementOf),
  ];
}

/** Repositories whose policy would be longer than ECR takes. */
export function policyLengthProblems(environment: Environment): Problem[] {
  return Object.entries(environment.ecr.repositories).flatMap(([shortName, options]): Problem[] => {
    const statements = policyStatements(environment, options);
    const { length } = repositoryPolicy(statements);
    if (length <= maxPolicyLength) return [];
    return [
      {
        file: environment.file,
        path: ["ecr", "repositories", shortName],
        found: `${statements.length} policy statements`,
        advice: `its policy would have ${length} characters and ECR takes ${maxPolicyLength}; allow a whole organization with aws:PrincipalOrgID, or fewer accounts and statements`,
      },
    ];
  });
}

import { readStatement } from "../../iam/statement-json";
import type { Path, StatementParts } from "../../iam/statement-parts";
import { type PolicyService, statementProblems } from "../../iam/statement-rules";
import type { ValueProblem } from "../../values/issues";
import { actionProblem, matchesAction } from "./ecr-actions";

/** Condition keys of ECR. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html */
export const ecrKeys: readonly string[] = ["ecr:AccountSetting", "ecr:ResourceTag/"];

const ecr: PolicyService = { actionProblem, keys: ecrKeys };

/**
 * ECR has refused policies with the element. Examples on its page have `"Resource": "*"`, which we leave out.
 *
 * @see https://github.com/awsdocs/amazon-ecr-user-guide/pull/20
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html
 */
const resourceAdvice = "a repository policy always applies to its repository; remove the element";

/** Read one statement of a repository policy in IAM's JSON, with the problems of its shape. */
export function readRepositoryStatement(statement: unknown, path: Path = []) {
  return readStatement(statement, resourceAdvice, path);
}

/** What ECR would refuse in a statement of a repository policy. @param partition e.g. `aws` */
export function repositoryStatementProblems(
  statement: StatementParts,
  partition: string | undefined,
): ValueProblem[] {
  return statementProblems(statement, partition, ecr);
}

/** Whether a statement is about actions that change the repository or its images. */
export function changesRepository({ actions }: StatementParts): boolean {
  // All actions except some: reading actions alone would take a list of all the others.
  return actions.negated || actions.list.some(({ value }) => matchesAction(value, "changesRepository"));
}

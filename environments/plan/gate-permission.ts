import { repositoryArn } from "../../modules/ecr/repository/repository-address";
import { allow, oneOrMore, type Statement } from "../../modules/iam/policy-document";
import type { PushTargets } from "./ci-roles";
import type { Environment } from "./environment";
import { gateRulesOf } from "./image-gate";
import { repositoryName } from "./repository-names";
import { signStatements } from "./signing-profile";

/**
 * What enhanced scanning asks for besides ECR's own actions.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-enhanced-iam.html
 */
export const inspectorReads = ["inspector2:ListCoverage", "inspector2:ListFindings"];

/**
 * What the gate reads and the deploy role may not read anyway. Nothing in an environment without a gate. It reads signatures
 * with `ecr:BatchGetImage`, which the role has: ListImageReferrers has no IAM action of its own.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ListImageReferrers.html
 */
export function gateStatementsOfDeploy({ imageGate, ecr }: Environment): Statement[] {
  if (imageGate === undefined) return [];
  const rules = [imageGate, ...Object.values(imageGate.repositories)];
  const findings = rules.some(({ severity }) => severity !== undefined);
  const enhanced = Object.values(ecr.repositories).some((one) => one.enableEnhancedScanning);
  return findings && enhanced ? [allow("GateFindings", inspectorReads, "*")] : [];
}

/** What the gate and signatures add to a push role. Nothing without a gate. */
export const furtherPushStatements = (
  environment: Environment,
  targets: Pick<PushTargets, "repositories">,
): Statement[] => [...gateStatementsOfPush(environment, targets), ...signStatements(environment, targets)];

/** What the gate reads of the repositories that a role pushes to, besides their images. */
function gateStatementsOfPush(
  environment: Environment,
  { repositories }: Pick<PushTargets, "repositories">,
): Statement[] {
  const { imageGate, accountId, region, ecr } = environment;
  if (imageGate === undefined || repositories.length === 0) return [];
  const names = [...new Set(repositories)].toSorted();
  const rules = names.map((name) => gateRulesOf(imageGate, name));
  const actions = [
    ...(rules.some(({ severity }) => severity !== undefined) ? ["ecr:DescribeImageScanFindings"] : []),
    ...(rules.some(({ maxAgeDays }) => maxAgeDays !== undefined) ? ["ecr:DescribeImages"] : []),
  ];
  const arns = names.map((name) =>
    repositoryArn({ name: repositoryName(environment, name), accountId, region }),
  );
  const enhanced = names.some((name, index) => {
    const wantsFindings = rules[index]?.severity !== undefined;
    return wantsFindings && ecr.repositories[name]?.enableEnhancedScanning === true;
  });
  return [
    ...(actions.length === 0 ? [] : [allow("Gate", actions, oneOrMore(arns))]),
    ...(enhanced ? [allow("GateFindings", inspectorReads, "*")] : []),
  ];
}

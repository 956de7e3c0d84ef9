import { maxPolicyLength } from "../../../modules/ecr/access/repository-policy";
import { policyDocument, type Statement } from "../../../modules/iam/policy-document";
import { type RegistryAddress, registryStackName } from "../../naming";
import type { Environment } from "../../plan/environment";
import { ownsRegistry } from "../../plan/registry-owner";
import type { RegistryPlan } from "../../plan/registry-plan";
import { handedOverStatements, registryPolicyStatements } from "../../plan/registry-policy";
import { foreignRegistries } from "../../plan/replication-sources";
import type { Problem } from "../../schema/problem";

/**
 * A registry policy longer than ECR allows, reported at the environment that needs most of it.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutRegistryPolicy.html
 */
export function registryPolicyProblems(plan: RegistryPlan, environments: readonly Environment[]): Problem[] {
  if (!ownsRegistry(plan)) return [];
  const { length } = policyDocument(registryPolicyStatements(plan, environments));
  if (length <= maxPolicyLength) return [];
  const shares = environments.map((environment) => {
    const own = { ...plan, environments: plan.environments.filter((other) => other === environment) };
    return { environment, statements: registryPolicyStatements(own, [environment]) };
  });
  const [largest] = shares.toSorted((a, b) => sizeOf(b.statements) - sizeOf(a.statements));
  return largest === undefined ? [] : [problem(largest.environment, largest.statements, plan, length)];
}

/** The same for a registry outside this project, whose owner is given the policy. */
export function handedOverPolicyProblems(
  environment: Environment,
  plans: readonly RegistryPlan[],
): Problem[] {
  const known = new Set(plans.map(registryStackName));
  const outside = foreignRegistries(environment).filter((address) => !known.has(registryStackName(address)));
  return outside.flatMap((address) => {
    const statements = handedOverStatements(address, [environment]);
    const { length } = policyDocument(statements);
    return length <= maxPolicyLength ? [] : [problem(environment, statements, address, length)];
  });
}

/** The option behind the longest statement, and what to do about it. */
function problem(
  { file, ecr }: Environment,
  statements: readonly Statement[],
  { accountId, region }: RegistryAddress,
  length: number,
): Problem {
  const [longest] = statements.toSorted((a, b) => sizeOf([b]) - sizeOf([a]));
  const tooLong = `the registry policy of ${accountId} in ${region} would have ${length} characters, and ECR allows ${maxPolicyLength}`;
  if (longest?.Sid.startsWith("ReplicationFrom"))
    return {
      file,
      path: ["ecr", "unmanagedRepositories"],
      found: `${longest.Resource?.length} names`,
      advice: `with these names, ${tooLong}; replicate fewer of these repositories there`,
    };
  const cached = Object.entries(ecr.pullThroughCache);
  const [first] = cached.filter(([, { pullRoleArns }]) => pullRoleArns.length > 0);
  if (longest?.Sid.startsWith("PullThroughCache") && first !== undefined)
    return {
      file,
      path: ["ecr", "pullThroughCache", first[0], "pullRoleArns"],
      found: `${first[1].pullRoleArns.length} roles`,
      advice: `with the roles of all caches, ${tooLong}; grant the permission in the policies of the roles`,
    };
  return {
    file,
    path: ["ecr", "pullThroughCache"],
    found: `${cached.length} caches`,
    advice: `with what its caches read there, ${tooLong}; use fewer caches of this registry, with shorter upstreamPrefix`,
  };
}

const sizeOf = (statements: readonly Statement[]): number => JSON.stringify(statements).length;

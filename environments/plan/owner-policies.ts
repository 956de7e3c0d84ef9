import {
  pullFromAccounts,
  pullFromLambdaOfAccounts,
  pullFromRoles,
} from "../../modules/ecr/access/repository-policy";
import { repositoryUrl } from "../../modules/ecr/repository/repository-address";
import { partitionOf } from "../../modules/iam/aws-partition";
import type { Statement } from "../../modules/iam/policy-document";
import { roleName, rolePath } from "../naming";
import { describeConsumer } from "./consumers";
import { ecsExecutionRole } from "./ecs";
import { eksRoleName } from "./eks";
import type { Environment } from "./environment";
import { type OtherPulls, type OtherRepository, otherPulls } from "./other-registries";
import { addressedRepositories } from "./repository-addresses";

/** What the owner of a repository in another account must allow, so that an environment can run its images. */
export interface OwnerPolicy {
  readonly repository: OtherRepository;
  /** E.g. `111122223333.dkr.ecr.us-east-1.amazonaws.com/team/app`. */
  readonly url: string;
  /** Who runs its images, e.g. `ECS service "web-app"`. */
  readonly consumers: readonly string[];
  /** ARNs of the roles that pull. Empty if only functions run the images, which the Lambda service pulls. */
  readonly roleArns: readonly string[];
  /** Whether functions run the images. */
  readonly functions: boolean;
  /** For the policy of the repository. */
  readonly statements: readonly Statement[];
}

/** What owners of repositories in other accounts must allow, by repository. */
export function ownerPolicies(environment: Environment): OwnerPolicy[] {
  return otherPulls(environment).map((pulls) => ownerPolicy(environment, pulls));
}

/** The roles with which the nodes of a cluster pull. */
const nodeRoles = (environment: Environment): string[] =>
  (["fargate", "node", ...(environment.eks?.autoMode ? ["auto" as const] : [])] as const).map((kind) =>
    eksRoleName(environment, kind),
  );

function ownerPolicy(environment: Environment, { repository, consumers }: OtherPulls): OwnerPolicy {
  const { accountId, region } = environment;
  const partition = partitionOf(region);
  const kinds = new Set(consumers.map(({ kind }) => kind));
  const roleArns = [
    ...(kinds.has("ecs") ? [roleName(environment, ecsExecutionRole)] : []),
    ...(kinds.has("eks") ? nodeRoles(environment) : []),
  ].map((name) => `arn:${partition}:iam::${accountId}:role${rolePath(environment)}${name}`);
  const functions = kinds.has("lambda");
  return {
    repository,
    url: repositoryUrl(repository),
    consumers: consumers.map(describeConsumer),
    roleArns,
    functions,
    statements: [
      ...(roleArns.length > 0 && !functions ? [pullFromRoles(roleArns)] : []),
      // Whoever creates the function must be allowed too, and AWS documents this for the account alone.
      ...(functions
        ? [pullFromAccounts(partition, [accountId]), pullFromLambdaOfAccounts(partition, region, [accountId])]
        : []),
    ],
  };
}

/** The environment of this project that has a repository, and its short name there; `undefined` if none has it. */
export function ownerOf(
  { repository: { accountId, region, name } }: Pick<OwnerPolicy, "repository">,
  environments: readonly Environment[],
): { readonly environment: Environment; readonly shortName: string } | undefined {
  for (const environment of environments) {
    const found = addressedRepositories(environment).find(
      (one) =>
        (one.kind === "own" || one.kind === "replica") &&
        one.accountId === accountId &&
        one.region === region &&
        one.name === name,
    );
    if (found !== undefined) return { environment, shortName: found.repository };
  }
  return undefined;
}

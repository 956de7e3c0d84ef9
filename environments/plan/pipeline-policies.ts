import { alarmPermission } from "../../modules/ci/alarm-permission";
import { deployPermission } from "../../modules/ci/deploy-permission";
import { namespacePermission, namespaceReads } from "../../modules/ci/namespace-permission";
import { networkPermission } from "../../modules/ci/network-permission";
import { type ManagedEnvironment, planPermission } from "../../modules/ci/plan-permission";
import { publicRepositoryPermission } from "../../modules/ci/public-repository-permission";
import { replicaPermission } from "../../modules/ci/replica-permission";
import { roleBoundary } from "../../modules/ci/role-boundary";
import { schedulePermission } from "../../modules/ci/schedule-permission";
import { statePermission } from "../../modules/ci/state-permission";
import { pullActions } from "../../modules/ecr/access/image-actions";
import { partitionOf } from "../../modules/iam/aws-partition";
import { allow, type Statement } from "../../modules/iam/policy-document";
import { deployPolicyName, namePrefix, registryStackName, roleBoundaryArn, stackName } from "../naming";
import { hasOwnAlarms } from "./ecs-alarms";
import { needsInfrastructureRole } from "./ecs-deployment";
import { hasScheduledTasks } from "./ecs-schedule";
import { fileStatements, hasFileSystems } from "./ecs-volume";
import { podRolesOf } from "./eks-pod-identity";
import type { Environment, S3State } from "./environment";
import { furtherBoundary } from "./further-boundary";
import { gateStatementsOfDeploy } from "./gate-permission";
import { otherRepositoryArns } from "./other-registries";
import { hasPublicRepositories, publicArns } from "./public-repositories";
import { ownsAnyRegistry } from "./registry-owner";
import { releaseStatements } from "./release-permission";
import { furtherRegions } from "./replicas";
import { namePatterns, ownNames } from "./repository-names";
import { usesServiceConnect } from "./service-connect";
import { shardsOf } from "./shards";
import { signingProfileStatements } from "./signing-profile";
import { deployOrder, stateKey } from "./stacks";

/** A managed policy of the deploy role. */
interface ManagedPolicy {
  /** Ends the construct IDs, so that they differ; may be empty for one. */
  readonly id: string;
  readonly policyName: string;
  readonly statements: readonly Statement[];
}

/** What the policies of pipeline roles know about an environment. */
export function managedEnvironment(environment: Environment): ManagedEnvironment {
  const { accountId, region, project, name, tagNames } = environment;
  return {
    partition: partitionOf(region),
    accountId,
    region,
    namePrefix: namePrefix(environment),
    repositoryPatterns: namePatterns(ownNames(environment)),
    project,
    environment: name,
    tagNames,
    ...(hasPublicRepositories(environment) && { publicRepositoryArns: publicArns(environment) }),
  };
}

/** The inline policy of the role that plans. @throws Error when the state is local, which a rule refuses */
export function planStatements(environment: Environment): Statement[] {
  const managed = managedEnvironment(environment);
  return [
    ...planPermission(managed),
    ...publicRepositoryPermission(managed, "read"),
    ...(hasScheduledTasks(environment) ? schedulePermission(managed, "read") : []),
    ...(usesServiceConnect(environment) ? namespaceReads() : []),
    ...fileStatements(environment, managed, "read"),
    ...signingProfileStatements(environment, "read"),
    ...states(environment, "read", [...ownStacks(environment), ...replicaStacks(environment)]),
  ];
}

/** The inline policy of the role that deploys. @throws Error when the state is local, which a rule refuses */
export function deployStatements(environment: Environment): Statement[] {
  return [
    ...deployPermission(managedEnvironment(environment), {
      boundaryArn: roleBoundaryArn(environment),
      imageKeyArn: environment.ecr.kmsKeyArn,
      ownsRegistry: ownsAnyRegistry(environment),
      podIdentity: podRolesOf(environment).length > 0,
      shiftsTraffic: needsInfrastructureRole(environment.ecs),
    }),
    ...functionImagesOfOthers(environment),
    ...releaseStatements(environment),
    ...gateStatementsOfDeploy(environment),
    ...signingProfileStatements(environment, "write"),
    ...states(environment, "write", ownStacks(environment)),
  ];
}

/**
 * Lambda lets a function use an image of another account only if whoever creates the function may pull it.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/images-create.html
 */
function functionImagesOfOthers(environment: Environment): Statement[] {
  const others = otherRepositoryArns(environment, ["lambda"]);
  return others.length === 0 ? [] : [allow("FunctionImagesOfOthers", pullActions, others)];
}

/**
 * The managed policies of that role, because its inline one has no room for them. What an environment does not need gives none.
 */
export function furtherDeployPolicies(environment: Environment): ManagedPolicy[] {
  const managed = managedEnvironment(environment);
  const regions = furtherRegions(environment);
  const policy = (
    purpose: Parameters<typeof deployPolicyName>[1],
    statements: Statement[],
  ): ManagedPolicy => ({
    // The first one there was: its address stays.
    id: purpose === "networks" ? "" : `_${purpose.replaceAll("-", "_")}`,
    policyName: deployPolicyName(environment, purpose),
    statements,
  });
  return [
    policy("networks", [
      ...networkPermission(managed),
      ...(hasScheduledTasks(environment) ? schedulePermission(managed, "write") : []),
    ]),
    ...(usesServiceConnect(environment) ? [policy("service-connect", namespacePermission(managed))] : []),
    ...(hasOwnAlarms(environment.ecs) ? [policy("alarms", alarmPermission(managed))] : []),
    ...(hasFileSystems(environment) ? [policy("files", fileStatements(environment, managed, "write"))] : []),
    ...(regions.length > 0
      ? [
          policy("replicas", [
            ...replicaPermission(managed, regions),
            ...states(environment, "write", replicaStacks(environment)),
          ]),
        ]
      : []),
  ];
}

/** The permissions boundary of the roles that it creates. @throws Error when the state is local, which a rule refuses */
export function boundaryStatements(environment: Environment): Statement[] {
  return roleBoundary(managedEnvironment(environment), {
    bucket: pipelineState(environment).bucket,
    cluster: environment.eks !== undefined,
    further: furtherBoundary(environment),
    workloadActions: environment.security.ci?.deploy?.workloadActions ?? [],
  });
}

/** Location of the states that pipelines reach. @throws Error when it is local, which a rule refuses */
export function pipelineState({ state, file }: Environment): S3State {
  if (state.backend === "local") throw new Error(`${file} uses local state`);
  return state;
}

function states(environment: Environment, access: "read" | "write", stacks: readonly string[]): Statement[] {
  const state = pipelineState(environment);
  return statePermission(
    {
      partition: partitionOf(environment.region),
      bucket: state.bucket,
      region: state.region,
      keys: stacks.map((stack) => stateKey(state, stack)),
      kmsKeyArn: state.kmsKeyArn,
    },
    access,
  );
}

/**
 * The stacks of an environment except those of its replicas. Those of the shards are patterns, because up to 99 names would
 * make the policy too long: see `shardNameClashes`.
 */
function ownStacks(environment: Environment): string[] {
  const shards = shardsOf(environment).map(({ stack }) => stack);
  const patterns = shards.map((stack) => stack.replace(/\d+$/, (digits) => "?".repeat(digits.length)));
  const names = deployOrder(environment)
    .filter(({ layer, region }) => layer !== "replicas" && region === environment.region)
    .map(({ stack }) => stack);
  return [...names.filter((stack) => !shards.includes(stack)), ...new Set(patterns)];
}

/**
 * The stacks of its replicas and of their registries: a pattern, because the states of 25 Regions would fill a policy. The
 * permissions on registry settings cover all Regions too.
 */
function replicaStacks(environment: Environment): string[] {
  if (furtherRegions(environment).length === 0) return [];
  return [stackName("replicas", environment), registryStackName({ ...environment, region: "*" })];
}

import { repositoryArn, repositoryUrl } from "../../modules/ecr/repository/repository-address";
import { ciRoleName, roleBoundaryName, roleName } from "../naming";
import type { ConsumerKind } from "../options/consumers";
import { type Consumer, consumersOf, describeConsumer, isDeployedByPipeline } from "./consumers";
import { ecsExecutionRole } from "./ecs";
import type { Environment } from "./environment";
import { imageAddress, imageRepositoryUrl } from "./image-address";
import { otherRepository } from "./other-registries";
import { cachedImage, imageRepositoryName } from "./pull-through-caches";
import { replicasOf } from "./replicas";
import { repositoryName } from "./repository-names";

/** A value now, and with the replicas of another Region. */
export interface Change {
  readonly from: string;
  readonly to: string;
}

/** The image of a consumer. */
export interface ImageChange {
  /** E.g. `ECS service "web-app"`. */
  readonly consumer: string;
  readonly kind: ConsumerKind;
  /** Section of the environment file in which it is, e.g. `services` or `scheduledTasks`. */
  readonly collection: string;
  /** Name in the environment file. */
  readonly name: string;
  /** Name of the repository in ECR. */
  readonly repository: string;
  /** Account ID of the registry of another account; `undefined` in the registry of the environment. */
  readonly registryId: string | undefined;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
  /** Kubernetes namespace of a Deployment. */
  readonly namespace: string | undefined;
  /** URIs of the image; `undefined` while it awaits its first push, or if a pipeline deploys it: the file does not say what runs. */
  readonly uri: Change | undefined;
  /** URLs of the repository from which a pipeline deploys images; `undefined` if Terraform deploys them. */
  readonly deployedFrom: Change | undefined;
  /** Why the other Region does not have the image, and what to do; `undefined` if its repository is replicated there. */
  readonly obstacle: string | undefined;
}

/** A permission that names the Region of a repository. */
export interface PermissionChange {
  /** The role that has it, or the permissions boundary that limits the roles, e.g. `role myproject-prod-ecs-execution`. */
  readonly holder: string;
  readonly access: "pull" | "push";
  /** ARN of the repositories. */
  readonly resource: Change;
}

/** What is different if an environment's images come from their replicas in another Region. */
export interface FailoverPlan {
  readonly environment: string;
  readonly accountId: string;
  readonly region: Change;
  readonly images: readonly ImageChange[];
  /** URLs of the repositories that are replicated there, for pipelines. */
  readonly repositories: readonly (Change & { readonly repository: string })[];
  /** Short names of the repositories that are not replicated there. */
  readonly notReplicated: readonly string[];
  readonly permissions: readonly PermissionChange[];
}

/** What changes if consumers and pipelines of an environment use its replicas in another Region of the same account. */
export function failoverPlan(environment: Environment, to: string): FailoverPlan {
  const { accountId, region } = environment;
  const replicated = new Set(
    replicasOf(environment)
      .filter((replica) => replica.region === to)
      .map(({ repository }) => repository),
  );
  const shortNames = Object.keys(environment.ecr.repositories);
  const url = (shortName: string, of: string) =>
    repositoryUrl({ name: repositoryName(environment, shortName), accountId, region: of });
  return {
    environment: environment.name,
    accountId,
    region: { from: region, to },
    images: consumersOf(environment).map((consumer) => imageChange(environment, consumer, to, replicated)),
    repositories: shortNames
      .filter((shortName) => replicated.has(shortName))
      .map((repository) => ({ repository, from: url(repository, region), to: url(repository, to) })),
    notReplicated: shortNames.filter((shortName) => !replicated.has(shortName)),
    permissions: permissionChanges(environment, to, replicated),
  };
}

function imageChange(
  environment: Environment,
  consumer: Consumer,
  to: string,
  replicated: ReadonlySet<string>,
): ImageChange {
  const { image } = consumer.options;
  const { repository, tag, digest } = image;
  const other = otherRepository(repository);
  const uris = { from: imageAddress(environment, image), to: imageAddress(environment, image, to) };
  const uri = uris.from === undefined || uris.to === undefined ? undefined : { from: uris.from, to: uris.to };
  const deployedFrom = {
    from: imageRepositoryUrl(environment, repository),
    to: imageRepositoryUrl(environment, repository, to),
  };
  return {
    consumer: describeConsumer(consumer),
    kind: consumer.kind,
    collection: String(consumer.path[1]),
    name: consumer.name,
    repository: imageRepositoryName(environment, repository),
    registryId: other?.accountId,
    namespace: namespaceOf(consumer),
    ...(isDeployedByPipeline(consumer)
      ? { tag: undefined, digest: undefined, uri: undefined, deployedFrom }
      : { tag, digest, uri, deployedFrom: undefined }),
    obstacle:
      replicated.has(repository) || other?.region === to
        ? undefined
        : obstacleTo(environment, repository, to),
  };
}

/** Namespace of a Kubernetes workload. */
const namespaceOf = ({ kind, options }: Consumer): string | undefined =>
  kind === "eks" ? (options as { readonly namespace?: string }).namespace : undefined;

function obstacleTo({ ecr, file }: Environment, repository: string, to: string): string {
  const other = otherRepository(repository);
  if (other !== undefined)
    return `it comes from the registry of account ${other.accountId} in ${other.region}, which this project does not replicate; ask the owner for a replica in ${to}, and use its URL in ${file}`;
  return cachedImage(repository, Object.keys(ecr.pullThroughCache)) === undefined
    ? `its repository is not replicated to ${to}; in ${file}, add { region: "${to}" } to replicationDestinations of ${repository}`
    : `it comes from a pull-through cache, which is not replicated; run it from its upstream registry, or from a cache in ${to}`;
}

/**
 * The permissions that name repositories of one Region. Nodes of EKS have none in their policies, which allow every Region,
 * but the permissions boundary of roles that pipelines deploy names it. Lambda pulls by the policy of the repository.
 */
function permissionChanges(
  environment: Environment,
  to: string,
  replicated: ReadonlySet<string>,
): PermissionChange[] {
  const { accountId, region, ecs, eks, security } = environment;
  const resource = (shortName: string): Change => {
    const name = repositoryName(environment, shortName);
    return {
      from: repositoryArn({ name, accountId, region }),
      to: repositoryArn({ name, accountId, region: to }),
    };
  };
  const pull = (holder: string) => ({ holder, access: "pull" as const, resource: resource("*") });
  const isBounded = security.ci?.deploy !== undefined && (ecs !== undefined || eks !== undefined);
  const pulls = [
    ...(ecs === undefined ? [] : [pull(`role ${roleName(environment, ecsExecutionRole)}`)]),
    ...(isBounded ? [pull(`permissions boundary ${roleBoundaryName(environment)}`)] : []),
  ];
  const pushes = Object.entries(security.ci?.push ?? {}).flatMap(([name, { repositories }]) =>
    repositories
      .filter((shortName) => replicated.has(shortName))
      .map((shortName) => ({
        holder: `role ${ciRoleName(environment, `push-${name}`)}`,
        access: "push" as const,
        resource: resource(shortName),
      })),
  );
  return [...pulls, ...pushes];
}

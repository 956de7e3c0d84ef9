import type { ECRClient, ImageDetail } from "@aws-sdk/client-ecr";
import type { Environment } from "../../../environments/plan/environment";
import type { ReplicatedRepository } from "../../../environments/plan/replicated-repositories";
import type { Destination } from "../../../modules/ecr/registry/registry-requests";
import {
  type HeldImage,
  heldAs,
  isActive,
  type LackingImage,
  type ListedImage,
  lackOf,
  type ReplicaContent,
} from "../../../modules/ecr/replication/replica-comparison";
import { sideBySide } from "../../runner/side-by-side";
import { reasonOf } from "../account-connection";
import type { RepositoryId } from "../image-input";
import { listedImages } from "../listed-images";
import type { RegistryConnection } from "./registry-connection";

/** Where registries are asked. */
type Connection = Pick<RegistryConnection, "environment" | "client" | "replicates">;

/** A repository in one of its destinations, compared with the source. */
export interface ComparedReplica {
  /** Name in ECR, in both registries. */
  readonly repository: string;
  readonly destination: Destination;
  /** Whether the registry replicates it there now. */
  readonly configured: boolean;
  /** Whether the destination has the repository. */
  readonly exists: boolean;
  /** How many images of the source can be pulled, and so are expected in the replica. */
  readonly expected: number;
  readonly lacking: readonly LackingImage[];
}

/** What the replicas of some repositories lack. */
export interface Comparison {
  readonly replicas: readonly ComparedReplica[];
  /** How many images of the sources are archived or being restored, which ECR does not replicate. */
  readonly inactive: number;
  /** What could not be compared, and why. */
  readonly problems: readonly string[];
}

/** How many repositories are read at a time. Only the digests and tags of their replicas are in memory. */
const concurrency = 4;

/**
 * Compare repositories with their replicas by digest and tag. What cannot be read is a problem and stops nothing else.
 *
 * @param before images that were pushed later may still be on their way, and are not expected in a replica. @default - none
 */
export async function compareReplicas(
  connection: Connection,
  repositories: readonly ReplicatedRepository[],
  before: Date | undefined = undefined,
): Promise<Comparison> {
  const results = await sideBySide(
    repositories.map((repository) => () => compareOne(connection, repository, before)),
    concurrency,
  );
  const compared = results.map((result): Comparison => {
    if (result.status === "rejected") throw result.reason;
    return result.value;
  });
  return {
    replicas: compared.flatMap(({ replicas }) => replicas),
    inactive: compared.reduce((sum, { inactive }) => sum + inactive, 0),
    problems: compared.flatMap(({ problems }) => problems),
  };
}

async function compareOne(
  connection: Connection,
  { name: repositoryName, destinations }: ReplicatedRepository,
  before: Date | undefined,
): Promise<Comparison> {
  const { environment } = connection;
  const problems: string[] = [];
  const note = (error: Error, registryId: string, region: string) =>
    void problems.push(
      `${repositoryName} in account ${registryId}, ${region} cannot be read: ${reasonIn(region, error, environment)}`,
    );
  const read = destinations.map(async (destination) => {
    const { registryId, region } = destination;
    const replica = { registryId, repositoryName };
    return contentIn(connection.client(region), replica).then(
      (content) => [{ destination, content, lacking: [] as LackingImage[] }],
      (error: Error) => {
        note(error, registryId, region);
        return [];
      },
    );
  });
  const replicas = (await Promise.all(read)).flat();
  let expected = 0;
  let inactive = 0;
  const source = { registryId: environment.accountId, repositoryName };
  try {
    for await (const detail of listedImages(connection.client(environment.region), source)) {
      const image = listed(detail);
      if (before !== undefined && (image.imagePushedAt ?? before) > before) continue;
      if (!isActive(image)) inactive++;
      else expected++;
      for (const { content, lacking } of replicas) {
        const lack = lackOf(image, content ?? new Map());
        if (lack !== undefined) lacking.push(lack);
      }
    }
  } catch (error) {
    note(error as Error, environment.accountId, environment.region);
    return { replicas: [], inactive: 0, problems };
  }
  return {
    replicas: replicas.map(({ destination, content, lacking }) => ({
      repository: repositoryName,
      destination,
      configured: connection.replicates(repositoryName, destination),
      exists: content !== undefined,
      expected,
      lacking,
    })),
    inactive,
    problems,
  };
}

/** What a replica holds; `undefined` if there is no such repository. */
async function contentIn(client: ECRClient, replica: RepositoryId): Promise<ReplicaContent | undefined> {
  const content = new Map<string, HeldImage>();
  try {
    for await (const detail of listedImages(client, replica))
      content.set(detail.imageDigest ?? "", heldAs(detail));
  } catch (error) {
    if ((error as Error).name === "RepositoryNotFoundException") return undefined;
    throw error;
  }
  return content;
}

/**
 * Why a Region cannot be read. One that is not enabled for the account rejects credentials that others accept.
 *
 * @see https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
 */
function reasonIn(region: string, error: Error, environment: Environment): string {
  const isRejected = ["UnrecognizedClientException", "InvalidClientTokenId"].includes(error.name);
  return isRejected && region !== environment.region
    ? `${error.name}: ${error.message}; ${environment.region} accepts these credentials, so enable ${region} for the account`
    : reasonOf(error, environment);
}

const listed = ({ imageDigest = "", ...detail }: ImageDetail): ListedImage => ({ ...detail, imageDigest });

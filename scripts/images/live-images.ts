import type { Environment } from "../../environments/plan/environment";
import type { AccountConnection } from "../ecr/account-connection";
import { isList } from "../ecr/image-input";
import { digestsIn } from "../ecr/in-use-input";
import type { ImageSource, KnownImages } from "../review/lifecycle/lifecycle-delta";
import { type PolicyChange, policyChangesIn } from "../review/lifecycle/policy-change";
import type { Stacks } from "../review/revisions/stack-json";
import type { TerraformPlan } from "../review/terraform-plan";
import { CommandError } from "../runner/command";
import { knownImages, regionOf } from "./known-images";

/** How many repositories are read at a time. */
const batchSize = 5;

/** A stack with its plan; `undefined` if it has none. */
interface Planned {
  readonly stack: string;
  readonly plan: TerraformPlan | undefined;
}

/**
 * The images in ECR of all repositories whose lifecycle policies change. Calls AWS only if there are any. What cannot be read
 * is not known, and stops nothing.
 *
 * @param inUse digests, and files with digests, that are in use besides what the environment runs
 * @param connect for tests
 */
export async function imagesInEcr(
  planned: readonly Planned[],
  environment: Environment,
  stacks: Stacks,
  inUse: readonly string[],
  connect: Connect = connected,
): Promise<ImageSource> {
  const given = digestsIn(inUse);
  const changes = planned.flatMap(({ stack, plan }) =>
    plan === undefined ? [] : policyChangesIn(plan).map((change) => ({ stack, change })),
  );
  const placed = (stack: string, change: PolicyChange) => ({
    region: regionOf(stacks[stack] ?? {}, change, environment.region),
    name: change.repository,
  });
  const wanted = new Map(
    changes.map(({ stack, change }) => [keyOf(placed(stack, change)), placed(stack, change)]),
  );
  const read = wanted.size === 0 ? undefined : await reader(environment, given, connect);
  const found = new Map<string, KnownImages>();
  const entries = [...wanted];
  for (let start = 0; start < entries.length; start += batchSize)
    await Promise.all(
      entries.slice(start, start + batchSize).map(async ([key, place]) => {
        if (read !== undefined) found.set(key, await read(place));
      }),
    );
  return (stack, change) => found.get(keyOf(placed(stack, change))) ?? { why: "the images were not read" };
}

interface Place {
  readonly region: string;
  /** Name of the repository. */
  readonly name: string;
}

const keyOf = ({ region, name }: Place): string => `${region} ${name}`;

/** Connects with the account of an environment. */
type Connect = (environment: Environment) => Promise<Pick<AccountConnection, "ecr">>;

const connected: Connect = async (environment) =>
  (await import("../ecr/account-connection.js")).AccountConnection.open(environment);

/** Reads the images of one repository. Loads the AWS SDK. */
async function reader(
  environment: Environment,
  given: readonly string[],
  connect: Connect,
): Promise<(place: Place) => Promise<KnownImages>> {
  const { reasonOf } = await import("../ecr/account-connection.js");
  const { describedImages, withReferences } = await import("../ecr/live-images.js");
  const why = (error: unknown): KnownImages => ({
    why: `the images cannot be read: ${error instanceof CommandError ? error.message : reasonOf(error as Error, environment)}`,
  });
  let connection: Pick<AccountConnection, "ecr">;
  try {
    connection = await connect(environment);
  } catch (error) {
    return async () => why(error);
  }
  return async ({ region, name }) => {
    const repository = { registryId: environment.accountId, repositoryName: name };
    try {
      const client = connection.ecr(region);
      const described = await describedImages(client, repository);
      const images = await withReferences(client, repository, described).catch((error: Error) => {
        if (error.name === "AccessDeniedException") return undefined;
        throw error;
      });
      const isPartial = images === undefined && described.some(isList);
      return knownImages(environment, name, images ?? described, given, () =>
        isPartial
          ? [
              "these credentials may not call ecr:BatchGetImage, so images that only a manifest list keeps count as removed, and those of a list in use count as not in use",
            ]
          : [],
      );
    } catch (error) {
      return why(error);
    }
  };
}

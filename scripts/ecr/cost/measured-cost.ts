import type { Environment } from "../../../environments/plan/environment";
import { imagesInUse } from "../../../environments/plan/images-in-use";
import { composedPolicyOf } from "../../../environments/plan/lifecycle";
import { registryRequests } from "../../../environments/plan/registry-requests";
import { repositoryName } from "../../../environments/plan/repository-names";
import { inUse } from "../../../modules/ecr/lifecycle/image-relations";
import { actsByPull } from "../../../modules/ecr/lifecycle/replica-lifecycle";
import type { RegistryRequest } from "../../../modules/ecr/registry/registry-requests";
import type { AccountConnection } from "../account-connection";
import { whenMissing } from "../when-missing";
import { type CostLine, totalOf } from "./cost-line";
import type { Saving } from "./cost-report";
import { type ImagePeriod, imageCost, type MeasuredPlace, storageLines } from "./image-cost";
import { measureRepository } from "./read-storage";
import { whatIf } from "./what-if";

/** What to measure. */
export interface MeasuredRequest extends ImagePeriod {
  /** Short names of the repositories. */
  readonly repositories: readonly string[];
  /** Whether to read manifests, so that shared layers count once. */
  readonly layers: boolean;
  /** @default - nothing is tried */
  readonly maxImageCount: number | undefined;
  readonly now: Date;
  /** Is called before each repository and after each batch of its images. */
  readonly progress: (repositoryName: string, region: string, images: number) => void;
}

/** What the images of an environment cost. */
export interface MeasuredCost {
  readonly lines: readonly CostLine[];
  readonly savings: readonly Saving[];
  /** What was not measured, and why. */
  readonly notes: readonly string[];
}

/** Measure the repositories of an environment and their replicas in the same account, one after the other. */
export async function measuredCost(
  account: AccountConnection,
  request: MeasuredRequest,
): Promise<MeasuredCost> {
  const { environment } = account;
  const requests = new Map(registryRequests(environment).map((one) => [one.name, one]));
  const result = { lines: [] as CostLine[], savings: [] as Saving[], notes: [] as string[] };
  for (const shortName of request.repositories) {
    const registryRequest = requests.get(repositoryName(environment, shortName));
    if (registryRequest === undefined) continue;
    for (const region of regionsOf(environment, registryRequest)) {
      const place = await measuredPlace(account, request, { shortName, region, registryRequest });
      result.notes.push(...place.notes);
      if (place.measured === undefined) continue;
      result.lines.push(...imageCost(place.measured, request));
      const saving = savingIn(environment, place.measured, shortName, request);
      if (saving === "own policy")
        result.notes.push(
          `${registryRequest.name} has a lifecyclePolicy of its own, which maxImageCount is not part of.`,
        );
      else if (saving !== undefined) result.savings.push(saving);
    }
    result.notes.push(...elsewhere(environment, registryRequest));
  }
  return result;
}

/** The Region of the environment, then those of the replicas in its account. */
const regionsOf = ({ region, accountId }: Environment, { destinations }: RegistryRequest): string[] => [
  ...new Set([
    region,
    ...destinations.filter(({ registryId }) => registryId === accountId).map((to) => to.region),
  ]),
];

/** Replicas that another account pays for. */
const elsewhere = ({ accountId }: Environment, { name, destinations }: RegistryRequest): string[] =>
  destinations
    .filter(({ registryId }) => registryId !== accountId)
    .map(
      ({ registryId, region }) => `The replica of ${name} in ${region} is billed to account ${registryId}.`,
    );

interface Place {
  readonly shortName: string;
  readonly region: string;
  readonly registryRequest: RegistryRequest;
}

async function measuredPlace(
  account: AccountConnection,
  { layers, since, progress }: MeasuredRequest,
  { shortName, region, registryRequest }: Place,
): Promise<{ readonly measured?: MeasuredPlace; readonly notes: readonly string[] }> {
  const { environment } = account;
  const { name, destinations, scanType, scanFrequency } = registryRequest;
  const isReplica = region !== environment.region;
  const byPull = !isReplica && actsByLastPull(environment, shortName);
  progress(name, region, 0);
  const measured = await account.ask(`The images of ${name} in ${region}`, () =>
    measureRepository(
      account.ecr(region),
      { registryId: environment.accountId, repositoryName: name },
      { layers: layers && !byPull, since },
      (images) => progress(name, region, images),
    ).catch(whenMissing("RepositoryNotFoundException", undefined)),
  );
  if (measured === undefined)
    return { notes: [`${name} does not exist in ${region}; deploy the environment first.`] };
  return {
    measured: {
      ...{ repositoryName: name, region, isReplica, measured },
      enhancedScanning: scanType === "ENHANCED" && scanFrequency !== "MANUAL",
      replicatedTo: isReplica
        ? []
        : destinations.map((to) => to.region).filter((to) => to !== environment.region),
    },
    notes:
      layers && byPull
        ? [
            `The manifests of ${name} were not read, because its lifecycle policy acts by last pull: each of its images counts with its whole size.`,
          ]
        : [],
  };
}

const actsByLastPull = ({ ecr }: Environment, shortName: string): boolean => {
  const options = ecr.repositories[shortName];
  return options !== undefined && composedPolicyOf(options).policy.rules.some(actsByPull);
};

function savingIn(
  environment: Environment,
  place: MeasuredPlace,
  shortName: string,
  { maxImageCount, now }: MeasuredRequest,
): Saving | "own policy" | undefined {
  const options = environment.ecr.repositories[shortName];
  if (maxImageCount === undefined || options === undefined) return undefined;
  const { measured, isReplica, repositoryName: name, region } = place;
  const { byDigest } = imagesInUse(environment, shortName, measured.images);
  const tried = whatIf(measured, options, {
    ...{ maxImageCount, isReplica, now },
    inUse: inUse(byDigest.keys(), measured.images),
  });
  if (tried === undefined) return isReplica ? undefined : "own policy";
  const { declared, changed, expiring, expiringInUse } = tried;
  const freed = {
    standard: declared.standard - changed.standard,
    archive: declared.archive - changed.archive,
  };
  const lines = storageLines(place, freed, "storage").filter(({ quantity }) => quantity !== 0);
  return {
    ...{ repositoryName: name, region, expiring, expiringInUse },
    bytes: freed.standard + freed.archive,
    amount: lines.some(({ amount }) => amount === undefined) ? undefined : totalOf(lines),
  };
}

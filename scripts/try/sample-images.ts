import { setTimeout as sleep } from "node:timers/promises";
import { ECRClient, PutImageTagMutabilityCommand, StartImageScanCommand } from "@aws-sdk/client-ecr";
import { clientConfig } from "../../emulator/client-config";
import { ImageRegistry } from "../../emulator/image-registry";
import type { Environment } from "../../environments/plan/environment";

/** What the images of a trial show. Short names of repositories. */
export interface Samples {
  /** Holds more images than its lifecycle policy keeps, if one has a policy that counts. */
  readonly full: string | undefined;
  /** Its image {@link newestTag} is scanned, with findings. */
  readonly scanned: string;
  /** Somebody has changed its tag mutability outside Terraform. */
  readonly changed: string;
  /** Digest of the newest image, by repository. */
  readonly digests: Readonly<Record<string, string>>;
}

/** How many images a repository gets before the newest one, and how many its lifecycle policy removes. */
const few = 3;

/** A policy that keeps more than this is not shown: pushing takes too long. */
const most = 60;

/** Tag of the newest image in every repository. */
export const newestTag = "v1.0.0";

/**
 * Push images through the API, scan one, and change a setting by hand, so that there is something to see.
 *
 * @param urls of the repositories by their short names, at least one
 */
export async function pushSamples(
  environment: Environment,
  urls: Readonly<Record<string, string>>,
  variables: Readonly<Record<string, string>>,
): Promise<Samples> {
  const registry = new ImageRegistry(variables, environment.region);
  const names = Object.fromEntries(Object.entries(urls).map(([name, url]) => [name, repositoryIn(url)]));
  const shortNames = Object.keys(names);
  const full = fullRepository(environment, shortNames);
  const push = async (shortName: string, tags: readonly string[]) => {
    for (const tag of tags) await registry.push(names[shortName] ?? "", tag);
  };
  for (const shortName of shortNames) await push(shortName, tagsFrom(1, few));
  // The emulator notes pushes by the second, and these are to be the oldest.
  await sleep(1_100);
  if (full !== undefined) await push(full.name, tagsFrom(few + 1, few + full.kept - 1));
  const digests: Record<string, string> = {};
  for (const shortName of shortNames)
    digests[shortName] = await registry.pushWhole(names[shortName] ?? "", newestTag);
  const [scanned = ""] = shortNames;
  const changed = shortNames.at(-1) ?? "";
  const ecr = new ECRClient(clientConfig(variables, environment.region));
  await ecr.send(
    new StartImageScanCommand({
      repositoryName: names[scanned] ?? "",
      imageId: { imageDigest: digests[scanned] ?? "" },
    }),
  );
  const mutable = environment.ecr.repositories[changed]?.imageTagMutability === "MUTABLE";
  await ecr.send(
    new PutImageTagMutabilityCommand({
      repositoryName: names[changed] ?? "",
      imageTagMutability: mutable ? "IMMUTABLE" : "MUTABLE",
    }),
  );
  return { full: full?.name, scanned, changed, digests };
}

/** `myproject-dev-web-app` in `123456789012.dkr.ecr.us-east-1.amazonaws.com/myproject-dev-web-app` */
const repositoryIn = (url: string): string => url.slice(url.indexOf("/") + 1);

/** e.g. `v0.4.0`, `v0.5.0` */
const tagsFrom = (first: number, last: number): string[] =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => `v0.${first + index}.0`);

/** The repository whose policy keeps the fewest images. */
function fullRepository(
  { ecr: { repositories } }: Environment,
  shortNames: readonly string[],
): { readonly name: string; readonly kept: number } | undefined {
  return shortNames
    .flatMap((name) => {
      const kept = repositories[name]?.maxImageCount;
      return kept === undefined || kept > most ? [] : [{ name, kept }];
    })
    .toSorted((a, b) => a.kept - b.kept)[0];
}

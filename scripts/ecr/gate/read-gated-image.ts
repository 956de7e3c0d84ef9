import { DescribeImagesCommand } from "@aws-sdk/client-ecr";
import type { GateRules } from "../../../environments/plan/image-gate";
import { CommandError } from "../../runner/command";
import { readFindings } from "../findings/read-findings";
import { type Platform, platformsIn, readImage } from "../image/found-image";
import { type ImageId, tagOrDigest } from "../image/image-id";
import { scanOf } from "../image/scan";
import { awaitScans } from "../image/scan-verdict";
import { platformsOf } from "../images/image-platforms";
import { signaturesOf } from "../images/image-signatures";
import type { RepositoryReader } from "../images/repository-reader";
import type { GatedImage, GatedPlatform } from "./judge-image";

/** What is read of an image. */
export interface GateReading {
  readonly imageId: ImageId["imageId"];
  readonly rules: GateRules;
  /** Longest time to wait for scans, in seconds. */
  readonly timeout: number;
}

/**
 * Read of an image what the rules of a gate need, and nothing else.
 *
 * @throws CommandError when there is no such image, or when AWS refuses a request: what cannot be read passes no gate
 */
export async function readGatedImage(
  reader: RepositoryReader,
  { imageId, rules, timeout }: GateReading,
): Promise<GatedImage> {
  const { repositoryName } = reader.id;
  const image = await reader.ask((client) => readImage(client, { ...reader.id, imageId }));
  const digest = image?.imageId?.imageDigest;
  if (image === undefined || digest === undefined)
    throw new CommandError(`${repositoryName} has no image ${tagOrDigest(imageId)}; ${howToAdd(reader)}`);
  const listed = platformsIn(image.imageManifest ?? "{}", digest);
  const isSingle = listed.length === 1 && listed[0]?.digest === digest;
  // What is in no list says in its configuration what it is for.
  const [own = ""] =
    isSingle && rules.requireArchitecture ? await platformsOf(reader, { digest, kind: "image" }, image) : [];
  const platforms = isSingle ? [{ digest, name: own }] : listed;
  return {
    digest,
    pushedAt: rules.maxAgeDays === undefined ? undefined : await pushTime(reader, digest),
    signatures: rules.requireSignature ? (await signaturesOf(reader, digest)).length : 0,
    platforms:
      rules.severity === undefined ? platforms.map(unscanned) : await scanned(reader, platforms, timeout),
  };
}

/** A cache has an image once somebody pulls it; nobody pushes to it. */
const howToAdd = ({ repository: { kind, repository } }: RepositoryReader): string =>
  kind === "cache" ? `pull ${repository} once through the cache first` : "push it first";

const unscanned = (platform: Platform): GatedPlatform => ({
  ...platform,
  scan: { state: "waiting", reason: "the scan was not read" },
  findings: [],
});

/** Scans are awaited together; findings are listed once they are done. */
async function scanned(
  reader: RepositoryReader,
  platforms: readonly Platform[],
  timeout: number,
): Promise<GatedPlatform[]> {
  const scans = await reader.ask((client) =>
    awaitScans(platforms, (imageDigest) => scanOf(client, { ...reader.id, imageDigest }), { timeout }),
  );
  return Promise.all(
    scans.map(async (platform) => ({
      ...platform,
      ...(platform.scan.state === "done"
        ? await reader.ask((client) => readFindings(client, { ...reader.id, imageDigest: platform.digest }))
        : { findings: [] }),
    })),
  );
}

async function pushTime(reader: RepositoryReader, imageDigest: string): Promise<Date | undefined> {
  const { imageDetails: [image] = [] } = await reader.ask((client, options) =>
    client.send(new DescribeImagesCommand({ ...reader.id, imageIds: [{ imageDigest }] }), options),
  );
  return image?.imagePushedAt;
}

import type { EcsServiceOptions } from "../../environments/options/ecs";
import { isPlatform, platformOf } from "../../environments/plan/build-platforms";
import { describeConsumer } from "../../environments/plan/consumers";
import type { AccountConnection } from "../ecr/account-connection";
import { type GatedEnvironment, gateBeforeDeploy } from "../ecr/gate/gate-before-deploy";
import { type FoundImage, findImage } from "../ecr/image/found-image";
import { type ImageId, tagOrDigest } from "../ecr/image/image-id";
import { scanOf } from "../ecr/image/scan";
import { asJson, asText } from "../ecr/image/scan-output";
import { awaitScans, exitCodeOf, type PlatformScan } from "../ecr/image/scan-verdict";
import type { Severity } from "../ecr/image/severity";
import { reading } from "../ecr/reading";
import { CommandError } from "../runner/command";

/**
 * Why a service cannot run an image, because it is for other processors; `undefined` if it can, or if the manifest says
 * nothing: one that is not a list does not.
 *
 * @param options of the service
 */
export function platformProblem({ platforms }: FoundImage, options: object): string | undefined {
  const wanted = platformOf(options);
  const named = platforms.map(({ name }) => name).filter((name) => name !== "");
  if (wanted === undefined || named.length === 0) return undefined;
  if (named.some((name) => isPlatform(name, wanted))) return undefined;
  return `the image is for ${named.join(", ")}, and the service runs on ${wanted}; build it for ${wanted}, or set cpuArchitecture`;
}

/**
 * The image with its digest, and its scans when they are done.
 *
 * @throws CommandError when it does not exist, or is not for the processors of the service
 */
async function examineImage(
  account: AccountConnection,
  image: ImageId,
  { options, timeout }: { readonly options: object; readonly timeout: number },
): Promise<{ readonly digest: string; readonly scans: PlatformScan[] }> {
  const { registryId, repositoryName, imageId } = image;
  const found = await account.ask(repositoryName, () => findImage(account.ecr(), image));
  if (found === undefined)
    throw new CommandError(`${repositoryName} has no image ${tagOrDigest(imageId)}; push it first`);
  const problem = platformProblem(found, options);
  if (problem !== undefined) throw new CommandError(`${repositoryName}: ${problem}`);
  const scans = await account.ask(repositoryName, () =>
    awaitScans(
      found.platforms,
      (imageDigest) => scanOf(account.ecr(), { registryId, repositoryName, imageDigest }),
      { timeout },
    ),
  );
  return { digest: found.digest, scans };
}

/** Whether an image may be deployed, as a command prints it. */
interface Verdict {
  readonly exitCode: 0 | 1 | 2;
  readonly digest: string;
  readonly text: string;
  readonly json: object;
}

/** What a command line asks for. */
interface Asked {
  /** The image as it names it. */
  readonly image: string;
  readonly severity: Severity;
  /** Longest time to wait for scans, in seconds. */
  readonly timeout: number;
}

/** The verdict of the scans, in an environment without a gate. Throws as {@link examineImage}. */
export async function scanVerdict(
  account: AccountConnection,
  image: ImageId,
  { image: named, severity, timeout }: Asked,
  service: object,
): Promise<Verdict> {
  const { digest, scans } = await examineImage(account, image, { options: service, timeout });
  return {
    exitCode: exitCodeOf(scans, severity),
    digest,
    text: asText(named, scans, severity),
    json: asJson(named, digest, scans, severity),
  };
}

/** The verdict of the environment's gate. */
export async function gateVerdict(
  account: AccountConnection,
  environment: GatedEnvironment,
  { imageId }: ImageId,
  { image: label, severity, timeout, service }: Asked & { readonly service: string },
  options: EcsServiceOptions,
): Promise<Verdict> {
  const platform = platformOf(options);
  const by = describeConsumer({ label: "ECS service", name: service });
  const wanted = platform === undefined ? [] : [{ platform, by }];
  const target = { label, repository: options.image.repository, imageId, wanted };
  const { result, ...verdict } = await reading((signal) =>
    gateBeforeDeploy({ account, environment, target, severity, timeout, signal }),
  );
  return { ...verdict, digest: result.image?.digest ?? "" };
}

import type { Command } from "commander";
import { counted } from "../../../modules/values/counted";
import { CommandError } from "../../runner/command";
import { interruptible } from "../../runner/interruption";
import { imageNamed } from "../image/image-id";
import { newTable } from "../table";
import {
  chosenEnvironment,
  type SetExitCode,
  type VerbHelp,
  type VerbOptions,
  verb,
  writeResult,
} from "../verb";
import type { PlatformRescan } from "./rescan";

interface RescanOptions extends VerbOptions {
  readonly image: string;
}

const help: VerbHelp = {
  notes: `Starts a basic scan of the image, of a manifest list one of each platform's image. ECR scans an image at most once in
24 hours, the scan on push included. With enhanced scanning, Amazon Inspector decides when it scans: the command says so,
and what to do instead.
It needs ecr:StartImageScan and the permissions to read how the registry scans and when it last scanned the image.`,
  exitCodes: {
    0: "every scan was started",
    2: "at least one image cannot be scanned now",
    1: "it cannot be told",
  },
  examples: ["--env dev --image web-app:v1.2.3", "--env dev --image web-app:v1.2.3 --json"],
};

/**
 * `rescan`: scan an image again.
 *
 * @param setExitCode receives the exit code
 */
export function rescanCommand(setExitCode: SetExitCode): Command {
  return verb("rescan", "Start a new basic scan of an image.", help)
    .requiredOption("--image <image>", "e.g. web-app:v1.2.3, web-app@sha256:..., or the image's URI")
    .action(async (options: RescanOptions) => {
      const started: PlatformRescan[] = [];
      await interruptible(
        (signal) => rescan(options, started, signal),
        () =>
          `${counted(started.filter(({ rescan: { state } }) => state === "started").length, "scan was", "scans were")} started. Run the command again for the others.`,
      );
      writeResult(options, { image: options.image, images: started.map(asJson) }, () => asText(started));
      setExitCode(started.every(({ rescan: { state } }) => state === "started") ? 0 : 2);
    });
}

async function rescan(options: RescanOptions, started: PlatformRescan[], signal: AbortSignal): Promise<void> {
  const environment = chosenEnvironment(options);
  const image = imageNamed(options.image, environment);
  const { registryId, repositoryName } = image;
  const { AccountConnection } = await import("../account-connection.js");
  const { findImage } = await import("../image/found-image.js");
  const { scanSettingOf, startScan, whyImpossible } = await import("./rescan.js");
  const account = await AccountConnection.open(environment);
  const setting = await account.ask(`How ${repositoryName} is scanned`, () =>
    scanSettingOf(account.ecr(), repositoryName),
  );
  const impossible = whyImpossible(setting, repositoryName);
  if (impossible !== undefined) throw new CommandError(impossible, 2);
  const found = await account.ask(repositoryName, () => findImage(account.ecr(), image));
  if (found === undefined)
    throw new CommandError(`${repositoryName} has no image ${options.image}; push it first`);
  for (const platform of found.platforms) {
    signal.throwIfAborted();
    const scanned = { registryId, repositoryName, imageDigest: platform.digest };
    const outcome = await account.ask(repositoryName, () => startScan(account.ecr(), scanned, new Date()));
    started.push({ ...platform, rescan: outcome });
  }
}

const asJson = ({ digest, name, rescan: outcome }: PlatformRescan) => ({
  digest,
  platform: name === "" ? null : name,
  ...outcome,
});

function asText(rescans: readonly PlatformRescan[]): string {
  const table = newTable(["image", "platform", "scan"]);
  for (const { digest, name, rescan: outcome } of rescans)
    table.push([
      digest.slice(0, "sha256:".length + 12),
      name === "" ? "-" : name,
      outcome.state === "started" ? "started" : outcome.reason,
    ]);
  return `${table}\n`;
}

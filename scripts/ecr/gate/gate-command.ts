import { type Command, Option } from "commander";
import type { ImageGateOptions } from "../../../environments/options/image-gate";
import type { Environment } from "../../../environments/plan/environment";
import { uncheckedImages } from "../../../environments/plan/image-gate";
import { CommandError } from "../../runner/command";
import { repeatedOption } from "../../runner/repeated-option";
import { wholeNumber } from "../../runner/whole-number";
import { reading } from "../reading";
import {
  chosenEnvironment,
  type SetExitCode,
  type VerbHelp,
  type VerbOptions,
  verb,
  writeResult,
} from "../verb";
import { gateImages, idleExceptions } from "./gate-images";
import { gateJson, gateText } from "./gate-output";
import { targetNamed, targetsInFile } from "./gate-targets";
import { gateExitCode } from "./judge-image";

interface GateCommandOptions extends VerbOptions {
  readonly image: readonly string[];
  readonly timeout: number;
}

const help: VerbHelp = {
  notes: `Judges images by imageGate in the environment file: findings, signature, age and architecture. Without --image, it judges
every image that the file names for a consumer, except the first image of what a pipeline deploys. An image named with --image
must be for the architecture of each consumer of its repository. Of a manifest list, the scan of each platform's image counts.
Exceptions that have expired or have no effect are reported; they do not change the exit code.`,
  exitCodes: {
    0: "every image passes",
    2: "an image is refused",
    1: "an image cannot be judged, or something failed",
    130: "stopped with Ctrl-C",
  },
  examples: ["--env prod", "--env prod --image web-app:v1.2.3", "--env prod --image web-app@sha256:… --json"],
};

/** `gate`: whether images may run, by the rules in the file. @param setExitCode receives the exit code */
export function gateCommand(setExitCode: SetExitCode): Command {
  return verb("gate", "Refuse images that the environment must not run, by imageGate in its file.", help)
    .addOption(
      repeatedOption("--image <image>", "e.g. web-app:v1.2.3, web-app@sha256:..., or the image's URI"),
    )
    .addOption(
      new Option("--timeout <seconds>", "longest time to wait for scans")
        .argParser(wholeNumber({ from: 0, to: 99_999, unit: "seconds" }))
        .default(600),
    )
    .action((options: GateCommandOptions) =>
      reading(async (signal) => setExitCode(await judgeImages(options, signal))),
    );
}

async function judgeImages(options: GateCommandOptions, signal: AbortSignal): Promise<number> {
  const environment = chosenEnvironment(options);
  const gate = gateIn(environment);
  const { image: names, timeout } = options;
  const all = names.length === 0;
  const targets = all ? targetsInFile(environment) : names.map((name) => targetNamed(environment, name));
  const { AccountConnection } = await import("../account-connection.js");
  const account = await AccountConnection.open(environment);
  const now = new Date();
  const results = await gateImages({ account, environment, gate, timeout, signal, now }, targets);
  const idle = idleExceptions(gate, results, all, now);
  const unchecked = all ? uncheckedImages(environment) : [];
  writeResult(options, gateJson(environment, results, idle, unchecked), () =>
    results.length + unchecked.length === 0
      ? `No consumer of ${environment.name} names an image.\n`
      : gateText(environment, results, idle, unchecked),
  );
  return gateExitCode(results);
}

/** @throws CommandError when the file has no gate: nothing would be checked */
function gateIn({ imageGate, name, file }: Environment): ImageGateOptions {
  if (imageGate !== undefined) return imageGate;
  throw new CommandError(
    `${name} has no gate; add imageGate to ${file}, or use npm run ecr -- scan-gate, which needs none`,
  );
}

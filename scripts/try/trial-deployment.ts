import { appendFileSync } from "node:fs";
import type { Environment } from "../../environments/plan/environment";
import { CommandError } from "../runner/command";
import { stopwatch } from "../runner/elapsed";
import { runInTrial, type TrialPlace } from "./in-trial";
import type { TrialFolder } from "./trial-folder";

/** How long nothing is printed while layers are deployed. */
const silenceMs = 10_000;

/** Where a trial deploys, and until when. */
export interface TrialDeployment {
  readonly place: TrialPlace;
  readonly folder: TrialFolder;
  readonly environment: Environment;
  /** Is aborted when the trial has to end. */
  readonly end: AbortSignal;
  /** Shows a line to the user. */
  readonly say: (line: string) => void;
}

/**
 * Deploy layers of the environment, and show a line for each.
 *
 * @param layers empty: all
 * @throws CommandError with what was printed last, when it fails
 */
export async function deployInTrial(
  { place, folder, environment: { name }, end, say }: TrialDeployment,
  layers: readonly string[] = [],
): Promise<void> {
  const command = ["node", "run.cjs", "scripts/deploy", name, "--auto-approve"];
  const chosen = layers.flatMap((layer) => ["--layer", layer]);
  let doing = "compiling and checking the copy";
  const elapsed = stopwatch();
  say(`Deploy: ${doing}`);
  const onLine = (line: string) => {
    const [, begun] = /^\[\d+\/\d+\] deploy (\S+)$/.exec(line) ?? [];
    if (begun !== undefined) doing = begun;
    if (/^\S+: (?:applied|no changes)/.test(line)) say(`Deploy: ${line}`);
  };
  const reminder = setInterval(() => say(`Deploy: ${doing} ... ${elapsed()}`), silenceMs);
  const ended = runInTrial(place, [...command, ...chosen], { end, onLine });
  const { exitCode, output } = await ended.finally(() => clearInterval(reminder));
  appendFileSync(folder.log, output);
  if (exitCode !== 0 && !end.aborted)
    throw new CommandError(
      `${output.trim().split("\n").slice(-60).join("\n")}\n${name} was not deployed to the emulator.`,
    );
}

/** URLs of the repositories by their short names. @throws CommandError when they cannot be read */
export async function repositoryUrls({
  place,
  environment,
  end,
}: TrialDeployment): Promise<Record<string, string>> {
  const terraform = place.variables["TERRAFORM_BINARY_NAME"] ?? "terraform";
  const folder = `cdktf.out/stacks/compute-${environment.name}`;
  const command = [terraform, `-chdir=${folder}`, "output", "-json", "ecr_repository_urls"];
  const { exitCode, output, stdout } = await runInTrial(place, command, { end });
  if (end.aborted) return {};
  if (exitCode !== 0) throw new CommandError(`${output}\nThe URLs of the repositories cannot be read.`);
  return JSON.parse(stdout) as Record<string, string>;
}

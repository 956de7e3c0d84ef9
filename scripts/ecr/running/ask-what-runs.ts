import type { Environment } from "../../../environments/plan/environment";
import { CommandError } from "../../runner/command";
import { AccountConnection } from "../account-connection";
import { type LiveOptions, sourcesOf } from "./live-options";
import { type RunningImages, runningImages } from "./running-images";

/**
 * The images that run, wherever a user says that they may run.
 *
 * @throws CommandError when a place cannot be read: an image that runs there would look unused
 */
export async function askWhatRuns(environment: Environment, options: LiveOptions): Promise<RunningImages> {
  const account = await AccountConnection.open(environment);
  const running = await runningImages(await sourcesOf(account, options));
  if (running.problems.length > 0) throw new CommandError(running.problems.join("\n"));
  return running;
}

import { writeFileSync } from "node:fs";
import type { Environment } from "../../environments/plan/environment";
import { CommandError } from "../runner/command";
import { stopwatch } from "../runner/elapsed";
import type { Ending } from "./ending";
import type { TrialPlace } from "./in-trial";
import { providerFor, requireMoto, requireTerraform } from "./parts";
import { pushSamples } from "./sample-images";
import { guide } from "./tour";
import { hasCertificate, requestTrialCertificate } from "./trial-certificate";
import { deployInTrial, repositoryUrls, type TrialDeployment } from "./trial-deployment";
import { emulatedAccount, requireFreePort, startTrialEmulator, type TrialEmulator } from "./trial-emulator";
import { claim, remove, type TrialFolder } from "./trial-folder";
import type { TrialScope } from "./trial-options";
import { copyForTrial, useProviderVersion, writeScope } from "./trial-project";
import { trialVariables, type Variables } from "./variables";

/** What is tried. */
export interface TrialSettings {
  readonly environment: Environment;
  /** Everything of the environment, or its registries alone. */
  readonly all: boolean;
  /** Of an emulator that runs already, on this machine. @default - one is started */
  readonly endpoint: string | undefined;
  /** Where the emulator listens, on 127.0.0.1. 0: a free port */
  readonly port: number;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/**
 * Deploy an environment to an emulator, show what there is to see, and wait for the end. Whatever ends it, nothing is
 * left: no process, no file, no state.
 *
 * @throws CommandError when something is missing or fails, or when it ends before it was ready
 */
export async function runTrial(settings: TrialSettings, folder: TrialFolder, ending: Ending): Promise<void> {
  requireOwnNetwork(settings);
  requireTerraform();
  const { endpoint, port } = settings;
  const moto = endpoint === undefined ? requireMoto() : undefined;
  if (moto) await requireFreePort(port);
  const elapsed = stopwatch();
  const control = await claim(folder, () => ending.begin("down"));
  let emulator: TrialEmulator | undefined;
  try {
    ending.check();
    emulator = moto
      ? await startTrialEmulator(moto, folder, port, ending.signal)
      : { endpoint: endpoint ?? "", stop: async () => {} };
    say(`Emulator: ${emulator.endpoint} ${elapsed()}`);
    await show(settings, emulator.endpoint, folder, ending, elapsed);
    await ending.wait();
  } catch (error) {
    // What fails because of the end is not what the user has to know.
    ending.check();
    throw error;
  } finally {
    await emulator?.stop();
    remove(folder);
    control.close();
  }
}

/** Deploy and push until there is something to see, and print what. */
async function show(
  { environment, all }: TrialSettings,
  endpoint: string,
  folder: TrialFolder,
  ending: Ending,
  elapsed: () => string,
): Promise<void> {
  const account = await emulatedAccount(endpoint, environment.accountId);
  const scope = await scopeOf(environment, all, account);
  const settings = { account, provider: prepare(folder, scope) };
  const place = placeIn(folder, settings);
  const deployment: TrialDeployment = { place, folder, environment, end: ending.signal, say };
  ending.check();
  await deployInTrial(deployment);
  const urls = await repositoryUrls(deployment);
  ending.check();
  const pushing = stopwatch();
  const samples = await pushSamples(environment, urls, account);
  say(`Images: pushed to ${Object.keys(urls).length} repositories ${pushing()}`);
  ending.check();
  if (all) {
    writeScope(folder.project, { ...scope, images: samples.digests });
    await deployInTrial(deployment, ["compute"]);
  }
  ending.check();
  writeFileSync(folder.record, JSON.stringify(settings), { mode: 0o600 });
  say(`Ready, in all ${elapsed()}`);
  say(guide({ environment: environment.name, urls, samples, folder: folder.project, endpoint }));
}

/** @throws CommandError when the environment runs in a VPC that exists, which the emulator does not have */
function requireOwnNetwork({ environment: { name, network }, all }: TrialSettings): void {
  if (all && network?.kind === "existing")
    throw new CommandError(
      `${name} runs in the VPC ${network.vpcId}, which exists only in AWS; try its registries without --all, or an environment with network.kind "own".`,
    );
}

/** What is deployed, with what the emulator has in place of what exists in AWS alone. */
async function scopeOf(environment: Environment, all: boolean, account: Variables): Promise<TrialScope> {
  if (!all || !hasCertificate(environment)) return { all };
  return { all, certificateArn: await requestTrialCertificate(account, environment.region) };
}

/** Copy the project, so that it can be deployed. @returns the variables that let Terraform find the AWS provider */
function prepare(folder: TrialFolder, scope: TrialScope): Variables {
  const provider = providerFor(folder.path);
  say(provider.says);
  copyForTrial(process.cwd(), folder.project, scope);
  if (provider.version !== undefined) useProviderVersion(folder.project, provider.version);
  return provider.variables;
}

/** What commands from other terminals need besides their own environment variables. */
export interface TrialRecord {
  readonly account: Variables;
  readonly provider: Variables;
}

/** Where and how commands of a trial run, started from this process. */
export const placeIn = ({ path, project }: TrialFolder, { account, provider }: TrialRecord): TrialPlace => ({
  folder: project,
  variables: trialVariables(process.env, account, path, provider),
});

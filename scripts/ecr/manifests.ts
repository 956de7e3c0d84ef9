import { join } from "node:path";
import { Command } from "commander";
import { listedProject } from "../environment-files/listed-project";
import { CommandError } from "../runner/command";
import { environmentNamed } from "../runner/selection";
import { replaceGenerated } from "./manifests/generated-folder";
import { kustomizeFiles } from "./manifests/kustomize-files";
import { manifestVerdict } from "./manifests/manifest-gate";
import { type ReadyManifest, selectedManifests } from "./manifests/selected-manifests";
import { helpText, type SetExitCode, type VerbHelp } from "./verb";

const help: VerbHelp = {
  notes: `Needs no credentials, and never calls the cluster. If the environment file has imageGate, it asks AWS first whether the images
may run, and writes nothing unless all of them pass. It does not wait for scans: run gate before. --no-gate asks nothing.`,
  silent: true,
  exitCodes: {
    0: "the manifests are printed or written",
    2: "imageGate refuses an image",
    1: "there are none, none has an image yet, an image cannot be judged, or the folder has other files",
  },
  examples: [
    "--env prod | kubectl apply -f -",
    "--env prod --deployment web-app",
    "--env prod --kustomize deploy/prod",
  ],
};

interface ManifestsOptions {
  readonly env: string;
  readonly deployment?: string;
  readonly kustomize?: string;
  readonly gate: boolean;
  readonly json?: boolean;
}

/**
 * `manifests`: print the Deployments, Jobs and CronJobs of an environment for `kubectl apply -f -`, as a List, or with `--deployment` a single
 * one. Calls AWS only for the gate of an environment, and never the cluster.
 *
 * @param setExitCode receives the exit code
 */
export function manifestsCommand(setExitCode: SetExitCode): Command {
  return new Command("manifests")
    .description(
      "Print the Kubernetes Deployments, Jobs and CronJobs of an environment as JSON, for kubectl apply.",
    )
    .requiredOption("--env <name>", "environment, e.g. prod")
    .option("--deployment <name>", "only this one, e.g. web-app; also a Job or CronJob")
    .option(
      "--kustomize <folder>",
      "write all of them to a folder, as a Kustomize base and an overlay with the images",
    )
    .option("--no-gate", "do not ask imageGate, e.g. without credentials")
    .option("--json", "print JSON, as without it; with --kustomize, what was written")
    .addHelpText("after", helpText("manifests", help))
    .action(async (options: ManifestsOptions) => setExitCode(await run(options)));
}

async function run({ env, deployment, kustomize, gate, json = false }: ManifestsOptions): Promise<number> {
  if (kustomize !== undefined && deployment !== undefined)
    throw new CommandError("--kustomize writes all workloads; leave out --deployment");
  const environment = environmentNamed(env, listedProject().environments);
  const { ready, waiting } = selectedManifests(environment, deployment);
  if (waiting.length > 0)
    process.stderr.write(`Skipped, because no image has been pushed yet: ${waiting.join(", ")}.\n`);
  const { exitCode, text } = await manifestVerdict(environment, ready, gate);
  process.stderr.write(text);
  if (exitCode !== 0) return exitCode;
  if (kustomize === undefined) print(ready, deployment !== undefined);
  else write(ready, env, kustomize, json);
  return 0;
}

function write(ready: readonly ReadyManifest[], env: string, folder: string, json: boolean): void {
  const header = `# Written by "npm run ecr -- manifests --env ${env} --kustomize": changes will be lost.`;
  const files = kustomizeFiles(ready, header);
  replaceGenerated(folder, files, header);
  const overlay = join(folder, "overlay");
  process.stdout.write(
    json
      ? `${JSON.stringify({ folder, overlay, files: [...files.keys()] }, null, 2)}\n`
      : `Wrote ${files.size} files to ${folder}. Apply them: kubectl apply -k ${overlay}\n`,
  );
}

/** @param isSelected whether the user named one workload, which is printed without a List if it is one object */
function print(ready: readonly ReadyManifest[], isSelected: boolean): void {
  const items = ready.flatMap(({ serviceAccount, manifest }) => [
    ...(serviceAccount === undefined ? [] : [serviceAccount]),
    manifest,
  ]);
  const one = isSelected && items.length === 1;
  process.stdout.write(
    `${JSON.stringify(one ? items[0] : { apiVersion: "v1", kind: "List", items }, null, 2)}\n`,
  );
}

import { join } from "node:path";
import { Command } from "commander";
import { listedProject } from "../environment-files/listed-project";
import { CommandError } from "../runner/command";
import { environmentNamed } from "../runner/selection";
import { replaceGenerated } from "./manifests/generated-folder";
import { kustomizeFiles } from "./manifests/kustomize-files";
import { type ReadyManifest, selectedManifests } from "./manifests/selected-manifests";
import { helpText, type VerbHelp } from "./verb";

const help: VerbHelp = {
  notes: "Needs no credentials, and calls neither AWS nor the cluster.",
  silent: true,
  exitCodes: {
    0: "the manifests are printed or written",
    1: "there are none, none has an image yet, or the folder has other files",
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
  readonly json?: boolean;
}

/**
 * `manifests`: print the Deployments, Jobs and CronJobs of an environment for `kubectl apply -f -`, as a List, or with `--deployment` a single
 * one. Calls neither AWS nor the cluster.
 */
export function manifestsCommand(): Command {
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
    .option("--json", "print JSON, as without it; with --kustomize, what was written")
    .addHelpText("after", helpText("manifests", help))
    .action(run);
}

function run({ env, deployment, kustomize, json = false }: ManifestsOptions): void {
  if (kustomize !== undefined && deployment !== undefined)
    throw new CommandError("--kustomize writes all workloads; leave out --deployment");
  const environment = environmentNamed(env, listedProject().environments);
  const { ready, waiting } = selectedManifests(environment, deployment);
  if (waiting.length > 0)
    process.stderr.write(`Skipped, because no image has been pushed yet: ${waiting.join(", ")}.\n`);
  if (kustomize === undefined) print(ready, deployment !== undefined);
  else write(ready, env, kustomize, json);
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

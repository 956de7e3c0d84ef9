import { Command } from "commander";
import { listedProject } from "../environment-files/listed-project";
import { environmentNamed } from "../runner/selection";
import { selectedManifests } from "./manifests/selected-manifests";
import { helpText, type VerbHelp } from "./verb";

const help: VerbHelp = {
  notes: "Needs no credentials, and calls neither AWS nor the cluster.",
  silent: true,
  exitCodes: { 0: "the manifests are printed", 1: "there are none, or none has an image yet" },
  examples: ["--env prod | kubectl apply -f -", "--env prod --deployment web-app"],
};

interface ManifestsOptions {
  readonly env: string;
  readonly deployment?: string;
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
    .option("--json", "print JSON, as without it")
    .addHelpText("after", helpText("manifests", help))
    .action(print);
}

function print({ env, deployment }: ManifestsOptions): void {
  const environment = environmentNamed(env, listedProject().environments);
  const { ready, waiting } = selectedManifests(environment, deployment);
  if (waiting.length > 0)
    process.stderr.write(`Skipped, because no image has been pushed yet: ${waiting.join(", ")}.\n`);
  const items = ready.flatMap(({ serviceAccount, manifest }) => [
    ...(serviceAccount === undefined ? [] : [serviceAccount]),
    manifest,
  ]);
  const one = deployment !== undefined && items.length === 1;
  process.stdout.write(
    `${JSON.stringify(one ? items[0] : { apiVersion: "v1", kind: "List", items }, null, 2)}\n`,
  );
}

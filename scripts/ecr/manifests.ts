import { Command } from "commander";
import type { Environment } from "../../environments/plan/environment";
import { manifestsOf, type NamedManifest } from "../../environments/plan/manifests";
import { listedProject } from "../environment-files/listed-project";
import { CommandError } from "../runner/command";
import { noSuchName } from "../runner/no-such-name";
import { environmentNamed } from "../runner/selection";
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
  const selected = selectDeployments(environment, deployment);
  const items = selected.flatMap(({ manifest }) => (manifest === undefined ? [] : [manifest]));
  const waiting = selected.filter(({ manifest }) => manifest === undefined).map(({ name }) => name);
  if (items.length === 0)
    throw new CommandError(
      `${environment.file}: no image has been pushed yet for ${waiting.join(", ")}; push one and replace awaitsFirstPush with its tag or digest`,
    );
  if (waiting.length > 0)
    process.stderr.write(`Skipped, because no image has been pushed yet: ${waiting.join(", ")}.\n`);
  const output = deployment === undefined ? { apiVersion: "v1", kind: "List", items } : items[0];
  process.stdout.write(`${JSON.stringify(output, null, 2)}\n`);
}

/** @throws CommandError when there are none, or none of that name */
function selectDeployments(environment: Environment, name: string | undefined): NamedManifest[] {
  const all = manifestsOf(environment);
  if (all.length === 0)
    throw new CommandError(`${environment.file} has no Deployments; add them to eks.deployments`);
  const selected = all.filter((one) => name === undefined || one.name === name);
  if (name !== undefined && selected.length === 0)
    throw noSuchName(
      "Deployment",
      name,
      environment.name,
      all.map((one) => one.name),
    );
  return selected;
}

import { Command } from "commander";
import { loadProject } from "../../app";
import { definitions } from "../../environments/all";
import type { Environment } from "../../environments/plan/environment";
import { manifestsOf, type NamedManifest } from "../../environments/plan/manifests";
import { suggest } from "../../modules/values/suggestion";
import { CommandError } from "../runner/command";
import { environmentNamed } from "../runner/selection";

interface ManifestsOptions {
  readonly env: string;
  readonly deployment?: string;
}

/**
 * `manifests`: the Deployments of an environment file, for `kubectl apply -f -`: a List, or with `--deployment` that one
 * by itself. Asks neither AWS nor the cluster.
 */
export function manifestsCommand(): Command {
  return new Command("manifests")
    .description("Print the Kubernetes Deployments of an environment as JSON, which kubectl takes.")
    .requiredOption("--env <name>", "environment, e.g. prod")
    .option("--deployment <name>", "only this one, e.g. web-app")
    .action(print);
}

function print({ env, deployment }: ManifestsOptions): void {
  const environment = environmentNamed(env, loadProject(definitions).environments);
  const chosen = chosenOf(environment, deployment);
  const items = chosen.flatMap(({ manifest }) => (manifest === undefined ? [] : [manifest]));
  const waiting = chosen.filter(({ manifest }) => manifest === undefined).map(({ name }) => name);
  if (items.length === 0)
    throw new CommandError(
      `${environment.file}: nothing has been pushed yet for ${waiting.join(", ")}; push an image and write its tag or digest in the place of awaitsFirstPush`,
    );
  if (waiting.length > 0)
    process.stderr.write(`Left out, for nothing has been pushed: ${waiting.join(", ")}.\n`);
  const printed = deployment === undefined ? { apiVersion: "v1", kind: "List", items } : items[0];
  process.stdout.write(`${JSON.stringify(printed, null, 2)}\n`);
}

/** @throws CommandError when there is none, or none of the name */
function chosenOf(environment: Environment, name: string | undefined): NamedManifest[] {
  const all = manifestsOf(environment);
  if (all.length === 0)
    throw new CommandError(`${environment.file} has no Deployments; add them to eks.deployments`);
  const chosen = all.filter((one) => name === undefined || one.name === name);
  const names = all.map((one) => one.name);
  if (chosen.length === 0)
    throw new CommandError(
      `There is no Deployment "${name}" in ${environment.name}; ${suggest(name, names) ?? `there are ${names.join(", ")}`}`,
    );
  return chosen;
}

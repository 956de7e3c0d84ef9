import { rmSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import type { Project } from "./environments/load";
import type { Layer } from "./environments/naming";
import type { Environment } from "./environments/plan/environment";
import { type LiteralEnvironment, literalEnvironment } from "./environments/plan/literal-environment";
import { registryPlans } from "./environments/plan/registry-plan";
import { shardsOf } from "./environments/plan/shards";
import { whyAbsent } from "./environments/plan/stacks";
import { BootstrapLayer } from "./layers/bootstrap/bootstrap-layer";
import { ComputeLayer } from "./layers/compute/compute-layer";
import { RepositoryShard } from "./layers/compute/repository-shard";
import { NetworkLayer } from "./layers/network/network-layer";
import { RegistryLayer } from "./layers/registry/registry-layer";
import { ReplicasLayer } from "./layers/replicas/replicas-layer";
import { SecurityLayer } from "./layers/security/security-layer";

/** The stacks that an environment has of each layer. A registry belongs to several environments: see {@link buildApp}. */
const environmentLayers: Readonly<
  Record<
    Exclude<Layer, "registry">,
    new (
      app: App,
      environment: LiteralEnvironment,
      all: readonly LiteralEnvironment[],
    ) => unknown
  >
> = {
  bootstrap: BootstrapLayer,
  security: SecurityLayer,
  network: NetworkLayer,
  replicas: ReplicasLayer,
  compute: ComputeLayer,
};

/**
 * The app with every stack of every environment.
 *
 * It always builds all of them: a registry's settings are computed from every environment that shares it, and leaving one
 * out would delete its settings. To deploy a part, name its stacks.
 *
 * @param outdir folder that the JSON is written to. @default - CDKTF_OUTDIR, or `cdktf.out`
 */
export function buildApp({ environments, context }: Project, outdir?: string): App {
  const app = new App({ context, ...(outdir !== undefined && { outdir }) });
  withoutTokenTraces(() => addStacks(app, environments));
  return app;
}

function addStacks(app: App, fromFiles: readonly Environment[]): void {
  const environments = fromFiles.map(literalEnvironment);
  for (const environment of environments)
    for (const [layer, Stack] of Object.entries(environmentLayers))
      if (whyAbsent(layer as Layer, environment) === undefined) new Stack(app, environment, environments);
  for (const environment of environments)
    for (const shard of shardsOf(environment)) new RepositoryShard(app, environment, shard);
  for (const plan of registryPlans(environments)) new RegistryLayer(app, plan, environments);
}

/**
 * Work without the stack trace that CDKTF records for every token, which takes a tenth of the time and which nothing
 * prints. Errors keep theirs: V8 adds those without this function.
 *
 * @see https://v8.dev/docs/stack-trace-api
 */
function withoutTokenTraces<T>(work: () => T): T {
  const { captureStackTrace } = Error;
  Error.captureStackTrace = () => undefined;
  try {
    return work();
  } finally {
    Error.captureStackTrace = captureStackTrace;
  }
}

/**
 * Write the Terraform JSON of every stack. The manifest of an earlier run is removed first, so that nobody mistakes its
 * stacks for those of this run.
 */
export function writeStacks(project: Project, outdir?: string): App {
  const app = buildApp(project, outdir);
  rmSync(join(app.outdir, "manifest.json"), { force: true });
  withoutTokenTraces(() => app.synth());
  return app;
}

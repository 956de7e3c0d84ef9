import "./cdktf-is-array";
import { App } from "cdktf";
import settings from "./cdktf.json";
import type { Definition, Environment } from "./environments/environment";
import { loadEnvironments } from "./environments/load";
import { providerVersionIn } from "./environments/plan/provider-version";
import { registryPlans } from "./environments/plan/registry";
import { BootstrapLayer } from "./layers/bootstrap/bootstrap-layer";
import { ComputeLayer } from "./layers/compute/compute-layer";
import { NetworkLayer } from "./layers/network/network-layer";
import { RegistryLayer } from "./layers/registry/registry-layer";
import { SecurityLayer } from "./layers/security/security-layer";

export interface AppOptions {
  /** Folder that the JSON is written to. @default - CDKTF_OUTDIR, or `cdktf.out` */
  readonly outdir?: string;
  /** CDKTF context. @default - `context` of cdktf.json, or else the variable CDKTF_CONTEXT_JSON */
  readonly context?: Readonly<Record<string, unknown>>;
}

/**
 * The app with every stack of every environment.
 *
 * Always all of them: a registry's settings are the sum over the environments that share it, and leaving one out would
 * delete what it asked for. To deploy a part, name its stacks.
 *
 * @param definitions what each environment file exports, by the file's path
 * @throws ConfigurationError before anything is built or written
 */
export function buildApp(definitions: Readonly<Record<string, Definition>>, options: AppOptions = {}): App {
  const { context = contextInForce() } = options;
  const providerVersion = providerVersionIn(context);
  const environments = loadEnvironments(definitions, providerVersion);

  const app = new App({ context, ...(options.outdir !== undefined && { outdir: options.outdir }) });
  addStacks(app, environments, providerVersion);
  return app;
}

function addStacks(app: App, environments: readonly Environment[], providerVersion: string): void {
  for (const environment of environments) {
    const { state, network } = environment;
    if (state.backend === "s3" && state.createBucket)
      new BootstrapLayer(app, environment, state, providerVersion);
    new SecurityLayer(app, environment, providerVersion);
    if (network) new NetworkLayer(app, environment, network, providerVersion);
    new ComputeLayer(app, environment, providerVersion);
  }
  for (const plan of registryPlans(environments)) new RegistryLayer(app, plan, environments, providerVersion);
}

/** As the cdktf CLI has it: `context` of cdktf.json, where there is one, replaces the variable. */
function contextInForce(): Readonly<Record<string, unknown>> {
  const { context }: { language: string; context?: Readonly<Record<string, unknown>> } = settings;
  return context ?? JSON.parse(process.env["CDKTF_CONTEXT_JSON"] ?? "{}");
}

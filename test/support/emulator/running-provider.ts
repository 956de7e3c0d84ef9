import { readFileSync } from "node:fs";
import { inject } from "vitest";
import { startProcess } from "./provider-process";
import { startSchemaProxy } from "./schema-proxy";
import { usedTypes } from "./used-types";

/** Variables of a command that starts the provider itself, without the proxy in front of it. */
export const ownProvider = { TF_REATTACH_PROVIDERS: undefined };

/**
 * One process of the real AWS provider that serves many runs of Terraform, one after the other. Two at a time would get
 * each other's settings: tags of one stack on resources of another. So would the providers of several Regions in one stack:
 * commands on such stacks get {@link ownProvider}.
 */
export interface RunningProvider {
  /** Tells Terraform to use it. */
  readonly variables: Readonly<Record<string, string>>;
  stop(): void;
}

/**
 * Start the provider in its own debug mode. Terraform starts a provider three or four times for each command, and each
 * start takes seconds of a core; most of the time of a deployment would go there. Terraform reaches it through a proxy
 * that keeps the schema small. Some commands are left to start the provider themselves, as users do.
 *
 * @param variables what the provider sees besides this process's environment
 * @see https://developer.hashicorp.com/terraform/plugin/debugging
 */
export async function startProvider(variables: Readonly<Record<string, string>>): Promise<RunningProvider> {
  const provider = await startProcess(variables);
  // A mirror of packed providers: every command starts its own.
  if (provider === undefined) return { variables: {}, stop: () => undefined };
  const schema = readFileSync(inject("providerSchema"));
  const proxy = await startSchemaProxy(provider.socket, usedTypes(), schema);
  return {
    variables: {
      TF_REATTACH_PROVIDERS: provider.reattachThrough(proxy.socket),
      AWS_CA_BUNDLE: "",
      DIFF_CONCURRENCY: "1",
    },
    stop() {
      provider.stop();
      proxy.stop();
    },
  };
}

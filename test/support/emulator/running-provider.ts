import { readFileSync } from "node:fs";
import { inject } from "vitest";
import { type ProviderProcess, startProcess } from "./provider-process";
import { type Lease, startSchemaProxy } from "./schema-proxy";
import { usedTypes } from "./used-types";

/** Variables of a command that starts the provider itself, without the proxy in front of it. */
export const ownProvider = { TF_REATTACH_PROVIDERS: undefined };

/**
 * Processes of the real AWS provider that serve many runs of Terraform. A process serves one provider configuration at a
 * time; two would get each other's settings: tags of one stack on resources of another.
 */
export interface RunningProvider {
  /** Tells Terraform to use it. */
  readonly variables: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/**
 * Start the provider in its own debug mode, and again whenever all its processes are in use. Terraform starts a provider
 * three or four times for each command, and each start takes seconds of a core; most of the time of a deployment would go
 * there. Terraform reaches it through a proxy that keeps the schema small. Some commands are left to start the provider
 * themselves, as users do.
 *
 * @param variables what the provider sees besides this process's environment
 * @see https://developer.hashicorp.com/terraform/plugin/debugging
 */
export async function startProvider(variables: Readonly<Record<string, string>>): Promise<RunningProvider> {
  const first = await startProcess(variables);
  // A mirror of packed providers: every command starts its own.
  if (first === undefined) return { variables: {}, stop: async () => undefined };
  const processes = [first];
  const idle = [first];
  const another = async (): Promise<ProviderProcess> => {
    const process = await startProcess(variables);
    if (process === undefined) throw new Error("The provider was there and is gone.");
    processes.push(process);
    return process;
  };
  const lease = async (): Promise<Lease> => {
    const process = idle.pop() ?? (await another());
    return { socket: process.socket, release: () => idle.push(process) };
  };
  const processesOf = { shared: first.socket, lease };
  const proxy = await startSchemaProxy(processesOf, usedTypes(), readFileSync(inject("providerSchema")));
  return {
    variables: {
      TF_REATTACH_PROVIDERS: first.reattachThrough(proxy.socket),
      AWS_CA_BUNDLE: "",
      // Every plan at the same time would start one more process.
      DIFF_CONCURRENCY: "1",
    },
    async stop() {
      proxy.stop();
      await Promise.all(processes.map((process) => process.stop()));
    },
  };
}

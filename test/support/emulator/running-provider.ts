import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { findProvider } from "./installation";
import { startSchemaProxy } from "./schema-proxy";
import { usedTypes } from "./used-types";

/** Variables of a command that starts the provider itself, without the proxy in front of it. */
export const ownProvider = { TF_REATTACH_PROVIDERS: undefined };

/**
 * One process of the real AWS provider that serves many runs of Terraform, one after the other. Two at a time would get
 * each other's settings: tags of one stack on resources of another.
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
  const { mirror = "", providerVersion = "" } = findProvider() ?? {};
  const platform = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;
  const folder = join(mirror, "registry.terraform.io", "hashicorp", "aws", providerVersion, platform);
  const binary = existsSync(folder)
    ? readdirSync(folder).find((name) => name.startsWith("terraform-provider-aws"))
    : undefined;
  // A mirror of packed providers: every command starts its own.
  if (binary === undefined) return { variables: {}, stop: () => undefined };
  const child = spawn(join(folder, binary), ["-debug"], {
    // A provider that is configured again refuses a CA bundle. The emulator has no certificate anyway.
    env: { ...process.env, GOGC: "400", ...variables, AWS_CA_BUNDLE: undefined },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const { address, stop } = await behindProxy(await addressOf(child));
  return {
    variables: { TF_REATTACH_PROVIDERS: address, AWS_CA_BUNDLE: "", DIFF_CONCURRENCY: "1" },
    stop() {
      child.kill("SIGKILL");
      stop();
    },
  };
}

/** Put the proxy in front of the provider. @param address value of TF_REATTACH_PROVIDERS for the provider itself */
async function behindProxy(address: string): Promise<{ address: string; stop: () => void }> {
  const [[name = "", plugin] = []] = Object.entries<Plugin>(JSON.parse(address));
  if (plugin?.ProtocolVersion !== 5)
    throw new Error(`The schema proxy speaks plugin protocol 5, not: ${address}`);
  const { socket, stop } = await startSchemaProxy(plugin.Addr.String, usedTypes());
  return {
    address: JSON.stringify({ [name]: { ...plugin, Addr: { ...plugin.Addr, String: socket } } }),
    stop,
  };
}

/** How Terraform reaches a provider. */
interface Plugin {
  readonly ProtocolVersion: number;
  readonly Addr: { readonly Network: string; readonly String: string };
}

/** It prints how to reach it once it is ready. */
function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = "";
    child.on("error", reject);
    child.on("close", () => reject(new Error(`the provider ended:\n${printed}`)));
    child.stdout?.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
      const address = printed.match(/TF_REATTACH_PROVIDERS='(.*)'/)?.[1];
      if (address) resolve(address);
    });
  });
}

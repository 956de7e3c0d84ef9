import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { findProvider, platform } from "../../../emulator/installation";

/** A process of the provider. */
export interface ProviderProcess {
  /** Path of the socket that it listens on. */
  readonly socket: string;
  /** Value of TF_REATTACH_PROVIDERS for it, but at another socket. */
  reattachThrough(socket: string): string;
  /** Ends it, and settles when the process is gone. */
  stop(): Promise<void>;
}

/** Start the provider in its own debug mode. @returns nothing where the provider on this machine is packed */
export async function startProcess(
  variables: Readonly<Record<string, string>>,
): Promise<ProviderProcess | undefined> {
  const { mirror = "", providerVersion = "" } = findProvider() ?? {};
  const folder = join(mirror, "registry.terraform.io", "hashicorp", "aws", providerVersion, platform);
  const binary = existsSync(folder)
    ? readdirSync(folder).find((name) => name.startsWith("terraform-provider-aws"))
    : undefined;
  if (binary === undefined) return undefined;
  const child = spawn(join(folder, binary), ["-debug"], {
    // A provider that is configured again refuses a CA bundle. The emulator has no certificate anyway.
    env: { ...process.env, GOGC: "400", ...variables, AWS_CA_BUNDLE: undefined },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const address = await addressOf(child);
  const [[name = "", plugin] = []] = Object.entries<Plugin>(JSON.parse(address));
  if (plugin?.ProtocolVersion !== 5)
    throw new Error(`The schema proxy speaks plugin protocol 5, not: ${address}`);
  return {
    socket: plugin.Addr.String,
    reattachThrough: (socket) =>
      JSON.stringify({ [name]: { ...plugin, Addr: { ...plugin.Addr, String: socket } } }),
    stop() {
      child.kill("SIGKILL");
      return exited;
    },
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

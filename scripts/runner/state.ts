import { terraformInitialized } from "./initialization";
import { failed, type Stack } from "./stack";

/** Addresses of the resources in a stack's state; empty if the state does not exist. */
export async function resourcesIn(stack: Stack): Promise<string[]> {
  const result = await terraformInitialized(stack, ["state", "list"], { quiet: true });
  if (result.code !== 0) {
    if (/No state file was found/.test(result.output)) return [];
    process.stderr.write(result.output);
    throw failed(stack, "state list", result, 1);
  }
  return result.stdout.split("\n").filter((line) => line !== "" && !line.startsWith("data."));
}

/** The outputs in a stack's state, by name. They may be sensitive. */
export async function outputsIn(stack: Stack): Promise<Readonly<Record<string, unknown>>> {
  const result = await terraformInitialized(stack, ["output", "-json"], { quiet: true });
  if (result.code !== 0) {
    process.stderr.write(result.output);
    throw failed(stack, "output", result, 1);
  }
  return JSON.parse(result.stdout) as Record<string, unknown>;
}

/** Host names of the load balancers of a compute stack, by service; empty, without asking Terraform, if it has none. */
export async function loadBalancerHosts(stack: Stack): Promise<Readonly<Record<string, string>>> {
  const services = Object.values(stack.environment.ecs?.services ?? {});
  if (services.every(({ loadBalancer }) => loadBalancer === undefined)) return {};
  const { load_balancer_dns_names: hosts } = await outputsIn(stack);
  return (hosts as { value?: Record<string, string> } | undefined)?.value ?? {};
}

/** A resource in a state, with the values that Terraform last read or wrote. */
export interface StateResource {
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly instances: readonly {
    readonly attributes: Readonly<Record<string, unknown>>;
    /** Set if Terraform has replaced the resource and not yet destroyed this instance. */
    readonly deposed?: string;
  }[];
}

/** The resources in a stack's state, with their values; empty if the state does not exist. Starts no provider. */
export async function valuesIn(stack: Stack): Promise<readonly StateResource[]> {
  const result = await terraformInitialized(stack, ["state", "pull"], { quiet: true });
  if (result.code !== 0) {
    process.stderr.write(result.output);
    throw failed(stack, "state pull", result, 1);
  }
  if (result.stdout.trim() === "") return [];
  return (JSON.parse(result.stdout) as { resources?: StateResource[] }).resources ?? [];
}

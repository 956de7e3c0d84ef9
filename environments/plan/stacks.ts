import { type Layer, layers, type RegistryAddress, registryStackName, stackName } from "../naming";
import type { Environment, S3State } from "./environment";
import { shardsOf } from "./shards";

/** One stack of the app: its name, and the environment whose state location it uses. */
export interface StackPlan {
  readonly stack: string;
  readonly layer: Layer;
  /** The environment that the stack belongs to; for a registry, the first environment that shares it. */
  readonly environment: Environment;
}

/** Why an environment lacks a layer, as a clause; `undefined` when it has it. Layers that are not listed always exist. */
const absence: { readonly [L in Layer]?: (environment: Environment) => string | undefined } = {
  bootstrap: ({ state, file }) =>
    state.backend === "s3" && state.createBucket ? undefined : `${file} creates no state bucket`,
  network: ({ network, file }) => (network === undefined ? `${file} has no \`network\`` : undefined),
};

/** Why an environment lacks a layer, as a clause; `undefined` when it has it. */
export function whyAbsent(layer: Layer, environment: Environment): string | undefined {
  return absence[layer]?.(environment);
}

/** Key of a stack's state in its bucket. */
export function stateKey(state: Pick<S3State, "keyPrefix">, stack: string): string {
  return `${state.keyPrefix}/${stack}/terraform.tfstate`;
}

/** Every stack of an environment in deployment order, including the bootstrap stack, which is deployed only once. */
export function stacksOf(environment: Environment): StackPlan[] {
  return layers
    .filter((layer) => whyAbsent(layer, environment) === undefined)
    .flatMap((layer) => namesOf(layer, environment).map((stack) => ({ layer, environment, stack })));
}

/** The stacks of one layer. Those that share the repositories come before the one with the consumers, which reads them. */
function namesOf(layer: Layer, environment: Environment): string[] {
  if (layer === "registry") return [registryStackName(environment)];
  const shards = layer === "compute" ? shardsOf(environment).map(({ stack }) => stack) : [];
  return [...shards, stackName(layer, environment)];
}

/** The stacks that a deployment of the environment covers, in order: all except the bootstrap stack. */
export function deployOrder(environment: Environment): StackPlan[] {
  return stacksOf(environment).filter(({ layer }) => layer !== "bootstrap");
}

/** The other environments that share an environment's registry. */
export function sharesRegistry(
  environment: Environment,
  environments: readonly Environment[],
): Environment[] {
  const same = (a: RegistryAddress, b: RegistryAddress) => registryStackName(a) === registryStackName(b);
  return environments.filter((other) => other.name !== environment.name && same(other, environment));
}

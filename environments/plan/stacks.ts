import { type Layer, layers, type RegistryAddress, registryStackName, stackName } from "../naming";
import type { Environment, S3State } from "./environment";
import { furtherRegions, furtherRegistries } from "./replicas";
import { shardsOf } from "./shards";

/** One stack of the app: its name, and the environment whose state location it uses. */
export interface StackPlan {
  readonly stack: string;
  readonly layer: Layer;
  /** The environment that the stack belongs to, or one of those that share a registry. */
  readonly environment: Environment;
  /** Region of what it manages; for replicas, that of the environment. */
  readonly region: string;
}

/** Why an environment lacks a layer, as a clause; `undefined` when it has it. Layers that are not listed always exist. */
const absence: { readonly [L in Layer]?: (environment: Environment) => string | undefined } = {
  bootstrap: ({ state, file }) =>
    state.backend === "s3" && state.createBucket ? undefined : `${file} creates no state bucket`,
  network: ({ network, file }) => (network === undefined ? `${file} has no \`network\`` : undefined),
  replicas: (environment) =>
    furtherRegions(environment).length > 0
      ? undefined
      : `${environment.file} replicates to no Region of its account`,
};

/** Why an environment lacks a layer, as a clause; `undefined` when it has it. */
export function whyAbsent(layer: Layer, environment: Environment): string | undefined {
  return absence[layer]?.(environment);
}

/** Key of a stack's state in its bucket. */
export function stateKey(state: Pick<S3State, "keyPrefix">, stack: string): string {
  return `${state.keyPrefix}/${stack}/terraform.tfstate`;
}

/** File of a stack's local state, relative to the project's folder. */
export const localStateFile = (stack: string): string => `.terraform-state/${stack}.tfstate`;

/** Every stack of an environment in deployment order, including the bootstrap stack, which is deployed only once. */
export function stacksOf(environment: Environment): StackPlan[] {
  return layers
    .filter((layer) => whyAbsent(layer, environment) === undefined)
    .flatMap((layer): StackPlan[] =>
      layer === "registry"
        ? registriesOf(environment).map((address) => ({
            ...{ layer, environment, region: address.region },
            stack: registryStackName(address),
          }))
        : namesOf(layer, environment).map((stack) => ({
            ...{ layer, environment, stack },
            region: environment.region,
          })),
    );
}

/** The stacks of one layer. Those that share the repositories come before the one with the consumers, which reads them. */
function namesOf(layer: Exclude<Layer, "registry">, environment: Environment): string[] {
  const shards = layer === "compute" ? shardsOf(environment).map(({ stack }) => stack) : [];
  return [...shards, stackName(layer, environment)];
}

/** The registries of an environment: first those of its replicas, so that they are ready before its own fills them. */
function registriesOf(environment: Environment): RegistryAddress[] {
  return [...furtherRegistries(environment), environment];
}

/** The stacks that a deployment of the environment covers, in order: all except the bootstrap stack. */
export function deployOrder(environment: Environment): StackPlan[] {
  return stacksOf(environment).filter(({ layer }) => layer !== "bootstrap");
}

/** The other environments that share a registry of an environment, its own and those of its replicas. */
export function sharesRegistry(
  environment: Environment,
  environments: readonly Environment[],
): Environment[] {
  const own = registriesOf(environment).map(registryStackName);
  return environments.filter((other) => sharesOne(other, environment, own));
}

/** The other environments that share one registry stack. */
export function sharesStack(
  { stack, environment }: Pick<StackPlan, "stack" | "environment">,
  environments: readonly Environment[],
): Environment[] {
  return environments.filter((other) => sharesOne(other, environment, [stack]));
}

function sharesOne(other: Environment, environment: Environment, stacks: readonly string[]): boolean {
  return (
    other.name !== environment.name &&
    registriesOf(other).some((address) => stacks.includes(registryStackName(address)))
  );
}

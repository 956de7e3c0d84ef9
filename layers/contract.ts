import {
  type IResolvable,
  propertyAccess,
  TerraformOutput,
  type TerraformRemoteState,
  TerraformStack,
  Token,
} from "cdktf";
import type { IConstruct } from "constructs";
import { stackName } from "../environments/naming";
import type { Environment } from "../environments/plan/environment";
import {
  type CheckedOutput,
  type Postcondition,
  type Publisher,
  postcondition,
  versionPostcondition,
} from "./contract-check";
import { contractVersions, type PublishingLayer, versionOutput } from "./contract-version";
import { remoteState } from "./state";
import type { ValueKind } from "./value-kind";

/** An output: what its values are, and whether it is one value, a list, or a map by name. */
interface Output<Shape extends "one" | "list" | "map"> {
  readonly shape: Shape;
  readonly kind: ValueKind;
  readonly description: string;
}

/** The outputs that a layer provides to others, by name. */
export type Contract = Readonly<Record<string, Output<"one"> | Output<"list"> | Output<"map">>>;

/** An output that is one value. */
export const one = (kind: ValueKind, description: string): Output<"one"> => ({
  shape: "one",
  kind,
  description,
});

/** An output that is a list of values. It may be empty if nobody reads it. */
export const listOf = (kind: ValueKind, description: string): Output<"list"> => ({
  shape: "list",
  kind,
  description,
});

/** An output that is a map of values by name. */
export const mapOf = (kind: ValueKind, description: string): Output<"map"> => ({
  shape: "map",
  kind,
  description,
});

/** A value for every output of a contract. */
export type Outputs<C extends Contract> = {
  readonly [Name in keyof C]: C[Name] extends Output<"list">
    ? readonly string[]
    : C[Name] extends Output<"map">
      ? Readonly<Record<string, string>>
      : string;
};

/** A map output: one value for each name, where Terraform fails on unknown names, or all of it. */
export interface MapValues {
  (name: string): string;
  /** The whole map. */
  readonly whole: IResolvable;
}

/** The values that a reader gets. */
export type ContractValues<C extends Contract> = {
  readonly [Name in keyof C]: C[Name] extends Output<"list">
    ? string[]
    : C[Name] extends Output<"map">
      ? MapValues
      : string;
};

/** Add every output of a contract. A missing or misspelled output does not compile. */
export function publish<C extends Contract>(stack: TerraformStack, contract: C, outputs: Outputs<C>): void {
  for (const [name, { description }] of Object.entries(contract)) {
    const value: unknown = outputs[name];
    if (value === undefined) throw new Error(`${stack.node.id} publishes no value for the output ${name}`);
    new TerraformOutput(stack, name, { value, description, staticId: true });
  }
}

/** Publish the version of a layer's contracts, once in each of its stacks. */
export function publishVersion(stack: TerraformStack, layer: PublishingLayer): void {
  new TerraformOutput(stack, versionOutput, {
    value: contractVersions[layer],
    description: "Version of the outputs that other layers read",
    staticId: true,
  });
}

/**
 * Read the outputs of a contract from the state of a layer of an environment.
 *
 * The values are tokens: pass them on, never compare them. Outputs have no defaults. Take only what you use: taking an
 * output requires that it is published. Terraform stops when the state is missing, and when an output that the reader
 * takes from here is not what the contract says: see `postcondition`. It also stops when the layer was deployed with an older
 * version of its contracts: see `versionPostcondition`.
 *
 * @param id ID of the data source. Reads with the same ID share it. @default - the name of the layer
 */
export function readLayer<C extends Contract>(
  stack: TerraformStack,
  layer: Exclude<PublishingLayer, "compute">,
  environment: Environment,
  contract: C,
  id: string = layer,
): ContractValues<C> {
  return readStack(stack, { layer, stack: stackName(layer, environment), environment }, contract, id);
}

/** The same for a stack of a layer that has several. @param id ID of the data source */
export function readStack<C extends Contract>(
  stack: TerraformStack,
  publisher: Publisher,
  contract: C,
  id: string,
): ContractValues<C> {
  const { environment } = publisher;
  const existing = stack.node.tryFindChild(id) as TerraformRemoteState | undefined;
  const remote = existing ?? remoteState(stack, id, { location: environment.state, stack: publisher.stack });
  const values = {};
  const read = new Map<string, unknown>();
  for (const [name, output] of Object.entries(contract))
    Object.defineProperty(values, name, {
      enumerable: true,
      get: () => {
        if (!read.has(name)) read.set(name, readOutput(remote, name, output, publisher));
        return read.get(name);
      },
    });
  return values as ContractValues<C>;
}

/**
 * A key that needs no quotes. With quotes, the JSON text that a reference stands in, such as container definitions, would be
 * no JSON for a scanner.
 *
 * @see https://developer.hashicorp.com/terraform/language/syntax/configuration#identifiers
 */
const identifier = /^[A-Za-z_][\w-]*$/;

/** A reference to an output, which from then on is checked. */
function readOutput(
  remote: TerraformRemoteState,
  name: string,
  { shape, kind }: Contract[string],
  publisher: Publisher,
): unknown {
  if (shape === "map")
    return Object.defineProperty(
      (key: string) => {
        check(remote, { name, key, rule: kind(publisher.environment, key) }, publisher);
        return identifier.test(key)
          ? remote.getString(`${name}.${key}`)
          : Token.asString(propertyAccess(remote.get(name), [key]));
      },
      "whole",
      {
        get: () => {
          check(remote, { name, rule: kind(publisher.environment), container: "map" }, publisher);
          return remote.get(name);
        },
      },
    );
  const rule = kind(publisher.environment);
  check(remote, { name, rule, ...(shape === "list" && { container: "list" as const }) }, publisher);
  return shape === "list" ? remote.getList(name) : remote.getString(name);
}

/** An output that a stack takes from the state of another. */
export interface Read {
  readonly publisher: Publisher;
  readonly output: CheckedOutput;
}

const reads = new WeakMap<IConstruct, Read[]>();

/** What a stack takes from the states of others, each output once. */
export const readsOf = (stack: IConstruct): readonly Read[] => reads.get(stack) ?? [];

/** The checks of each remote state, by the expression of the output. */
const checks = new WeakMap<TerraformRemoteState, Map<string, Postcondition>>();

function check(remote: TerraformRemoteState, output: CheckedOutput, publisher: Publisher): void {
  const added =
    checks.get(remote) ?? new Map<string, Postcondition>([["version", versionPostcondition(publisher)]]);
  const id = JSON.stringify([output.name, output.key]);
  if (added.has(id)) return;
  const stack = TerraformStack.of(remote);
  reads.set(stack, [...readsOf(stack), { publisher, output }]);
  added.set(id, postcondition(output, publisher));
  checks.set(remote, added);
  remote.addOverride("lifecycle.postcondition", [...added.values()]);
}

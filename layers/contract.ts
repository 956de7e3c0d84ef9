import {
  propertyAccess,
  TerraformOutput,
  type TerraformRemoteState,
  type TerraformStack,
  Token,
} from "cdktf";
import { stackName } from "../environments/naming";
import type { Environment } from "../environments/plan/environment";
import { remoteState } from "./state";

/** An output with several values: a list, or a map by name. */
interface Collection<Kind extends "list" | "map"> {
  readonly kind: Kind;
  readonly description: string;
}

/** The outputs that a layer provides to others, by name. A plain description defines a string output. */
export type Contract = Readonly<Record<string, string | Collection<"list"> | Collection<"map">>>;

/** An output that is a list of strings. */
export const listOf = (description: string): Collection<"list"> => ({ kind: "list", description });

/** An output that is a map of strings by name. */
export const mapOf = (description: string): Collection<"map"> => ({ kind: "map", description });

/** A value for every output of a contract. */
export type Outputs<C extends Contract> = {
  readonly [Name in keyof C]: C[Name] extends Collection<"list">
    ? readonly string[]
    : C[Name] extends Collection<"map">
      ? Readonly<Record<string, string>>
      : string;
};

/** The values that a reader gets. A map output returns one value for each name; Terraform fails on unknown names. */
export type ContractValues<C extends Contract> = {
  readonly [Name in keyof C]: C[Name] extends Collection<"list">
    ? string[]
    : C[Name] extends Collection<"map">
      ? (name: string) => string
      : string;
};

/** Add every output of a contract. A missing or misspelled output does not compile. */
export function publish<C extends Contract>(stack: TerraformStack, contract: C, outputs: Outputs<C>): void {
  for (const [name, definition] of Object.entries(contract)) {
    const value: unknown = outputs[name];
    if (value === undefined) throw new Error(`${stack.node.id} publishes no value for the output ${name}`);
    const description = typeof definition === "string" ? definition : definition.description;
    new TerraformOutput(stack, name, { value, description, staticId: true });
  }
}

/**
 * Read every output of a contract from the state of a layer of an environment.
 *
 * The values are tokens: pass them on, never compare them. Terraform fails when the state or an output is missing;
 * outputs have no defaults.
 *
 * @param id ID of the data source. Reads with the same ID share it. @default - the name of the layer
 */
export function readLayer<C extends Contract>(
  stack: TerraformStack,
  layer: "security" | "network",
  environment: Environment,
  contract: C,
  id: string = layer,
): ContractValues<C> {
  const existing = stack.node.tryFindChild(id) as TerraformRemoteState | undefined;
  const remote =
    existing ?? remoteState(stack, id, { location: environment.state, stack: stackName(layer, environment) });
  const outputValue = (name: string, definition: Contract[string]) => {
    if (typeof definition === "string") return remote.getString(name);
    if (definition.kind === "list") return remote.getList(name);
    return (key: string) => Token.asString(propertyAccess(remote.get(name), [key]));
  };
  return Object.fromEntries(
    Object.entries(contract).map(([name, definition]) => [name, outputValue(name, definition)]),
  ) as unknown as ContractValues<C>;
}

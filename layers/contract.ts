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

/** An output that holds several values: a list, or a map by name. */
interface Collection<Kind extends "list" | "map"> {
  readonly kind: Kind;
  readonly description: string;
}

/** What a layer promises to others: its outputs by name. A plain description means one string. */
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

/** What a reader gets. A map output gives one value per name; Terraform fails on a name that it lacks. */
export type ContractValues<C extends Contract> = {
  readonly [Name in keyof C]: C[Name] extends Collection<"list">
    ? string[]
    : C[Name] extends Collection<"map">
      ? (name: string) => string
      : string;
};

/** Write every output of a contract. One that is missing or misspelt does not compile. */
export function publish<C extends Contract>(stack: TerraformStack, contract: C, outputs: Outputs<C>): void {
  for (const [name, promised] of Object.entries(contract)) {
    const value: unknown = outputs[name];
    if (value === undefined) throw new Error(`${stack.node.id} publishes no value for the output ${name}`);
    const description = typeof promised === "string" ? promised : promised.description;
    new TerraformOutput(stack, name, { value, description, staticId: true });
  }
}

/**
 * Read every output of a contract from the state of a layer of an environment.
 *
 * The values are tokens: pass them on, never compare them. Terraform fails when the state or an output is missing;
 * there is no default.
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
  const known = stack.node.tryFindChild(id) as TerraformRemoteState | undefined;
  const remote =
    known ?? remoteState(stack, id, { location: environment.state, stack: stackName(layer, environment) });
  const valueFor = (name: string, promised: Contract[string]) => {
    if (typeof promised === "string") return remote.getString(name);
    if (promised.kind === "list") return remote.getList(name);
    return (key: string) => Token.asString(propertyAccess(remote.get(name), [key]));
  };
  return Object.fromEntries(
    Object.entries(contract).map(([name, promised]) => [name, valueFor(name, promised)]),
  ) as unknown as ContractValues<C>;
}

import {
  propertyAccess,
  TerraformOutput,
  type TerraformRemoteState,
  type TerraformStack,
  Token,
} from "cdktf";
import { remoteState, type StackState } from "./state";

/** An output that holds several values: a list, or a map by name. */
interface Several<Kind extends "list" | "map"> {
  readonly kind: Kind;
  readonly description: string;
}

/** What a layer promises to others: its outputs by name. A description alone stands for one string. */
export type Contract = Readonly<Record<string, string | Several<"list"> | Several<"map">>>;

/** An output that is a list of strings. */
export const listOf = (description: string): Several<"list"> => ({ kind: "list", description });

/** An output that is a map of strings by name. */
export const mapOf = (description: string): Several<"map"> => ({ kind: "map", description });

/** A value for every output of a contract. */
export type Outputs<C extends Contract> = {
  readonly [Name in keyof C]: C[Name] extends Several<"list">
    ? readonly string[]
    : C[Name] extends Several<"map">
      ? Readonly<Record<string, string>>
      : string;
};

/** What a reader gets of a contract. Of a map it gets one value for a name; a name that is not there stops Terraform. */
export type Readings<C extends Contract> = {
  readonly [Name in keyof C]: C[Name] extends Several<"list">
    ? string[]
    : C[Name] extends Several<"map">
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
 * Read every output of a contract from the state of the stack that published it.
 *
 * The values are tokens: pass them on, never compare them. Terraform fails when the state or an output is missing;
 * there is no default.
 *
 * @param id of the data source; contracts of one stack that are read under one id share it
 */
export function read<C extends Contract>(
  stack: TerraformStack,
  id: string,
  contract: C,
  state: StackState,
): Readings<C> {
  const known = stack.node.tryFindChild(id);
  const remote = known === undefined ? remoteState(stack, id, state) : (known as TerraformRemoteState);
  const reading = (name: string, promised: Contract[string]) => {
    if (typeof promised === "string") return remote.getString(name);
    if (promised.kind === "list") return remote.getList(name);
    return (key: string) => Token.asString(propertyAccess(remote.get(name), [key]));
  };
  return Object.fromEntries(
    Object.entries(contract).map(([name, promised]) => [name, reading(name, promised)]),
  ) as unknown as Readings<C>;
}

import { TerraformOutput, type TerraformStack } from "cdktf";
import { remoteState, type StackState } from "./state";

/** What a layer promises to others: the names of its outputs, each with a description. */
export type Contract = Readonly<Record<string, string>>;

/** A value for every output of a contract. */
export type Outputs<C extends Contract> = { readonly [Name in keyof C]: string };

/** Write every output of a contract. One that is missing or misspelt does not compile. */
export function publish<C extends Contract>(stack: TerraformStack, contract: C, outputs: Outputs<C>): void {
  for (const [name, description] of Object.entries(contract)) {
    const value: string | undefined = outputs[name];
    if (value === undefined) throw new Error(`${stack.node.id} publishes no value for the output ${name}`);
    new TerraformOutput(stack, name, { value, description, staticId: true });
  }
}

/**
 * Read every output of a contract from the state of the stack that published it.
 *
 * The values are tokens: pass them on, never compare them. Terraform fails when the state or an output is missing;
 * there is no default.
 */
export function read<C extends Contract>(
  stack: TerraformStack,
  id: string,
  contract: C,
  state: StackState,
): Outputs<C> {
  const remote = remoteState(stack, id, state);
  return Object.fromEntries(
    Object.keys(contract).map((name) => [name, remote.getString(name)]),
  ) as unknown as Outputs<C>;
}

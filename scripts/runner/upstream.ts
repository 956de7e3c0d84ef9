import type { Contract } from "../../layers/contract";
import { layerInputs } from "../../layers/layer-inputs";
import { registryInputs } from "../../layers/registry/registry-inputs";
import { CommandError } from "./command";
import { init, outputsIn, type Stack } from "./stack";

/**
 * A layer reads what the layers below publish, and a registry what the security layers of its environments publish.
 * Terraform would say so too, in many words and for each value.
 *
 * @param selection the stacks of this run
 * @param all the stacks of the environment and of those that share its registry
 * @param deployed the stacks that will have been deployed in this run before their readers
 * @throws CommandError when a reader is among the selection and something that it reads is not there
 */
export async function requireUpstream(
  selection: readonly Stack[],
  all: readonly Stack[],
  deployed: readonly Stack[],
): Promise<void> {
  for (const reader of selection)
    for (const { upstream, contract } of inputsOf(reader, all)) {
      const names = Object.keys(contract);
      if (names.length === 0 || deployed.some(({ stack }) => stack === upstream.stack)) continue;
      await init(upstream);
      const outputs = await outputsIn(upstream);
      const missing = names.filter((name) => !outputs.includes(name));
      if (missing.length > 0)
        throw new CommandError(
          `The ${reader.layer} layer needs what ${upstream.stack} publishes (missing: ${missing.join(", ")}); deploy it first: npm run deploy -- ${upstream.environment.name} --layer ${upstream.layer}`,
        );
    }
}

/** A stack whose outputs another one reads, and which. */
interface Input {
  readonly upstream: Stack;
  readonly contract: Contract;
}

function inputsOf(reader: Stack, all: readonly Stack[]): Input[] {
  if (reader.layer === "registry")
    return all
      .filter(({ layer }) => layer === "security")
      .map((upstream) => ({ upstream, contract: registryInputs(upstream.environment) }));
  return Object.entries(layerInputs(reader.layer, reader.environment)).flatMap(([layer, contract]) =>
    all
      .filter((stack) => stack.layer === layer && stack.environment.name === reader.environment.name)
      .map((upstream) => ({ upstream, contract })),
  );
}

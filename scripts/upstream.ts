import { layerInputs } from "../layers/layer-inputs";
import { CommandError } from "./command";
import { init, outputsIn, type Stack } from "./stack";

/**
 * A layer reads what the layers below publish. Terraform would say so too, in many words and for each value.
 *
 * @param selection the stacks of this run
 * @param all the stacks of the environment
 * @param deployed the stacks that will have been deployed in this run before a stack above them
 * @throws CommandError when something that one of the selection reads is not there
 */
export async function requireUpstream(
  selection: readonly Stack[],
  all: readonly Stack[],
  deployed: readonly Stack[],
): Promise<void> {
  for (const reader of selection) {
    for (const [layer, contract] of Object.entries(layerInputs(reader.layer, reader.environment))) {
      const upstream = all.find((stack) => stack.layer === layer);
      if (upstream === undefined || deployed.some(({ stack }) => stack === upstream.stack)) continue;
      await init(upstream);
      const outputs = await outputsIn(upstream);
      const missing = Object.keys(contract).filter((name) => !outputs.includes(name));
      if (missing.length > 0)
        throw new CommandError(
          `The ${reader.layer} layer needs what ${upstream.stack} publishes (missing: ${missing.join(", ")}); deploy it first: npm run deploy -- ${upstream.environment.name} --layer ${layer}`,
        );
    }
  }
}

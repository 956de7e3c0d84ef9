import { computeInputs } from "../layers/compute-inputs";
import { CommandError } from "./command";
import { init, outputsIn, type Stack } from "./stack";

/**
 * Compute reads what the layers below publish. Terraform would say so too, in many words and for each value.
 *
 * @param selection the stacks of this run
 * @param all the stacks of the environment
 * @param deployed the stacks that will have been deployed in this run before compute
 * @throws CommandError when compute is among the selection and something that it reads is not there
 */
export async function requireUpstream(
  selection: readonly Stack[],
  all: readonly Stack[],
  deployed: readonly Stack[],
): Promise<void> {
  const compute = selection.find(({ layer }) => layer === "compute");
  if (compute === undefined) return;
  const inputs = computeInputs(compute.environment);
  for (const layer of ["security", "network"] as const) {
    const upstream = all.find((stack) => stack.layer === layer);
    if (upstream === undefined || deployed.some(({ stack }) => stack === upstream.stack)) continue;
    await init(upstream);
    const outputs = await outputsIn(upstream);
    const missing = Object.keys(inputs[layer]).filter((name) => !outputs.includes(name));
    if (missing.length > 0)
      throw new CommandError(
        `The compute layer needs what ${upstream.stack} publishes (missing: ${missing.join(", ")}); deploy it first: npm run deploy -- ${upstream.environment.name} --layer ${layer}`,
      );
  }
}

import { moveCommand } from "../states/listing";
import { CommandError } from "./command";
import type { Stack } from "./stack";
import { outputsIn } from "./state";

/**
 * Require that every output that stacks read from other states exists. Terraform would report a missing one too, but at
 * length and once for each reference.
 *
 * @param selection the stacks of this run
 * @param all the stacks of the environment and of those that share its registry, in the order of deployment, so that the
 *   error names the lowest missing layer
 * @param deployed the stacks that this run deploys before those that read from them
 * @throws CommandError when a stack of the selection reads an output that does not exist
 */
export async function requireUpstream(
  selection: readonly Stack[],
  all: readonly Stack[],
  deployed: readonly Stack[],
): Promise<void> {
  const publishedOutputs = new Map<string, string[]>();
  for (const reader of selection)
    for (const upstream of all) {
      const reads = reader.reads.filter(({ writer }) => writer === upstream.stack);
      if (reads.length === 0 || deployed.some(({ stack }) => stack === upstream.stack)) continue;
      const published = publishedOutputs.get(upstream.stack) ?? (await outputsIn(upstream));
      publishedOutputs.set(upstream.stack, published);
      const missing = reads.flatMap((read) => read.outputs).filter((name) => !published.includes(name));
      if (missing.length === 0 && published.length > 0) continue;
      const isShard = reader.layer === upstream.layer;
      throw new CommandError(
        `${isShard ? `If ecr.stateShards has changed, move the states first: ${moveCommand(upstream.environment.name)} --apply\n` : ""}The ${reader.layer} layer needs outputs of ${upstream.stack} (missing: ${missing.join(", ") || "its state"}); deploy it first: npm run deploy -- ${upstream.environment.name} --layer ${upstream.layer}`,
      );
    }
}

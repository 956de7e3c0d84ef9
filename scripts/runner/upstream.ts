import {
  contractVersions,
  isOlder,
  type PublishingLayer,
  versionOutput,
} from "../../layers/contract-version";
import { moveCommand } from "../states/listing";
import { CommandError } from "./command";
import type { Stack } from "./stack";
import { outputsIn } from "./state";

/** The published outputs of stacks, each state read once. */
export class PublishedOutputs {
  private readonly outputs = new Map<string, Promise<Readonly<Record<string, unknown>>>>();

  /** Outputs by name, as `terraform output -json` has them. @throws CommandError when the state cannot be read */
  of(stack: Stack): Promise<Readonly<Record<string, unknown>>> {
    const found = this.outputs.get(stack.stack) ?? outputsIn(stack);
    this.outputs.set(stack.stack, found);
    return found;
  }
}

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
  const published = new PublishedOutputs();
  const others = all.filter(({ stack }) => !deployed.some((one) => one.stack === stack));
  for (const reader of selection) {
    const [missing] = await missingUpstream(reader, others, published);
    if (missing !== undefined) throw new CommandError(missing);
  }
}

/** What a stack needs from others and is not deployed, each as a sentence with the command that deploys it. */
export async function missingUpstream(
  reader: Stack,
  all: readonly Stack[],
  published: PublishedOutputs,
): Promise<string[]> {
  const sentences: string[] = [];
  for (const upstream of all) {
    const reads = reader.reads.filter(({ writer }) => writer === upstream.stack);
    if (reads.length === 0) continue;
    const outputs = await published.of(upstream);
    const read = reads.flatMap((one) => one.outputs).filter((name) => name !== versionOutput);
    const missing = read.filter((name) => !(name in outputs));
    const deployFirst = `deploy it first: npm run deploy -- ${upstream.environment.name} --layer ${upstream.layer}`;
    if (missing.length === 0 && Object.keys(outputs).length > 0) {
      const older = olderContract(upstream, outputs);
      if (older !== undefined) sentences.push(`The ${reader.layer} layer reads ${older}; ${deployFirst}`);
      continue;
    }
    const isShard = reader.layer === upstream.layer;
    sentences.push(
      `${isShard ? `If ecr.stateShards has changed, move the states first: ${moveCommand(upstream.environment.name)} --apply\n` : ""}The ${reader.layer} layer needs outputs of ${upstream.stack} (missing: ${missing.join(", ") || "its state"}); ${deployFirst}`,
    );
  }
  return sentences;
}

/** How the contracts that a stack was deployed with are older than those that its readers know; `undefined` if not. */
function olderContract(
  { stack, layer }: Stack,
  outputs: Readonly<Record<string, unknown>>,
): string | undefined {
  const version = contractVersions[layer as PublishingLayer];
  const deployed = (outputs[versionOutput] as { readonly value?: unknown } | undefined)?.value;
  if (version === undefined || !isOlder(layer as PublishingLayer, deployed)) return undefined;
  return `version ${version} of the outputs of ${stack}, which was deployed with ${deployed === undefined ? "none" : `version ${deployed}`}`;
}

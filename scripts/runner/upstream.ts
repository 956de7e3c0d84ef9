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
    const names = Object.keys(await published.of(upstream));
    const missing = reads.flatMap((read) => read.outputs).filter((name) => !names.includes(name));
    if (missing.length === 0 && names.length > 0) continue;
    sentences.push(
      `The ${reader.layer} layer needs outputs of ${upstream.stack} (missing: ${missing.join(", ") || "its state"}); deploy it first: npm run deploy -- ${upstream.environment.name} --layer ${upstream.layer}`,
    );
  }
  return sentences;
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { StackJson, Stacks } from "../review/revisions/stack-json";
import type { SynthesizedStack } from "./synthesis";

/** The stacks that a synth wrote to a folder, by name. */
export function writtenStacks(outdir: string): Stacks {
  const { stacks } = JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8")) as {
    stacks: Record<string, { name: string; synthesizedStackPath: string }>;
  };
  return Object.fromEntries(
    Object.values(stacks).map(({ name, synthesizedStackPath }) => [
      name,
      JSON.parse(readFileSync(join(outdir, synthesizedStackPath), "utf8")),
    ]),
  );
}

/** The JSON of synthesized stacks, by name. */
export const stacksIn = (synthesized: readonly Pick<SynthesizedStack, "name" | "directory">[]): Stacks =>
  Object.fromEntries(synthesized.map(({ name, directory }) => [name, stackIn(directory)]));

/** The JSON of the stack in a folder. */
export const stackIn = (directory: string): StackJson =>
  JSON.parse(readFileSync(join(directory, "cdk.tf.json"), "utf8"));

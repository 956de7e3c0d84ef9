import { readFileSync } from "node:fs";
import { join } from "node:path";
import { writeStacks } from "../../app";
import type { Project } from "../../environments/load";
import { type UndeclaredSettings, undeclaredSettings } from "../review/undeclared-settings";
import { type StateJson, type StateRead, stateReads } from "./state-reads";

/** One synthesized stack. */
export interface SynthesizedStack {
  readonly name: string;
  /** Folder in which Terraform runs. */
  readonly directory: string;
  /** Number of resources in its JSON. */
  readonly resources: number;
  /** What it reads from other stacks' states. */
  readonly reads: readonly StateRead[];
  /** What Terraform does not see because the stack does not have it. */
  readonly undeclared: UndeclaredSettings;
}

type StackJson = StateJson & {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
};

/** Write every stack to disk, and describe each. */
export function synthesize(project: Project): SynthesizedStack[] {
  const { outdir } = writeStacks(project);
  const manifest = JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8")) as {
    stacks: Record<string, { name: string; workingDirectory: string; synthesizedStackPath: string }>;
  };
  const stacks = Object.values(manifest.stacks);
  const json = Object.fromEntries(
    stacks.map(({ name, synthesizedStackPath }): [string, StackJson] => [
      name,
      JSON.parse(readFileSync(join(outdir, synthesizedStackPath), "utf8")),
    ]),
  );
  const reads = stateReads(json);
  return stacks.map(({ name, workingDirectory }) => ({
    name,
    directory: join(outdir, workingDirectory),
    resources: Object.values(json[name]?.resource ?? {}).reduce(
      (sum, ofType) => sum + Object.keys(ofType).length,
      0,
    ),
    reads: reads.filter(({ reader }) => reader === name),
    undeclared: undeclaredSettings(json[name]?.resource),
  }));
}

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { definitions } from "../../../environments/all";
import { loadProject } from "../../../environments/load";
import { only } from "../environments/minimal";
import { everyConsumer } from "../every-consumer";
import { type StackJson, synth, synthProject } from "../synth";
import { stackSnapshot } from "./stack-snapshot";

/** Where the snapshots are. npm and vitest run in the folder of package.json, which the path starts from. */
export const snapshotFolder = "test/snapshots";

/** Text of files by their path in {@link snapshotFolder}, e.g. `compute-dev.json` or `fixtures/compute-full.json`. */
export type SnapshotFiles = Readonly<Record<string, string>>;

/**
 * The snapshots that there should be: of the stacks of `environments/`, and below `fixtures/` of an environment of the
 * tests that has one of everything.
 */
export function currentSnapshots(): SnapshotFiles {
  const fixtures = filesOf(synth(only(everyConsumer)));
  return {
    ...filesOf(synthProject(loadProject(definitions))),
    ...Object.fromEntries(Object.entries(fixtures).map(([path, text]) => [`fixtures/${path}`, text])),
  };
}

function filesOf(stacks: Readonly<Record<string, StackJson>>): SnapshotFiles {
  return Object.assign({}, ...Object.entries(stacks).map(([name, json]) => stackSnapshot(name, json)));
}

/** The snapshots that there are. */
export function writtenSnapshots(): SnapshotFiles {
  if (!existsSync(snapshotFolder)) return {};
  const entries = readdirSync(snapshotFolder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(snapshotFolder, join(entry.parentPath, entry.name)).split(sep).join("/"));
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(snapshotFolder, path), "utf8")]));
}

/** How a stack's snapshot differs from what the stack is now. */
export interface ChangedStack {
  /** e.g. `compute-dev` or `fixtures/compute-full` */
  readonly stack: string;
  readonly change: "new" | "changed" | "removed";
}

/** The stacks whose snapshots differ, sorted by name. */
export function changedStacks(written: SnapshotFiles, current: SnapshotFiles): ChangedStack[] {
  const paths = [...new Set([...Object.keys(written), ...Object.keys(current)])];
  const differing = paths.filter((path) => written[path] !== current[path]).map(stackOf);
  return [...new Set(differing)].toSorted().map((stack) => {
    const file = `${stack}.json`;
    return { stack, change: !(file in written) ? "new" : file in current ? "changed" : "removed" };
  });
}

/** The stack that a file belongs to. */
const stackOf = (path: string): string => path.replace(/^((?:fixtures\/)?[^/]+?)(?:\.json$|\/.*)/, "$1");

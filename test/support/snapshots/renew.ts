import "../../../exit-guard";
import { mkdirSync, readdirSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { run } from "../../../scripts/runner/command";
import { currentDiagrams } from "./current-diagrams";
import {
  changedStacks,
  currentSnapshots,
  type SnapshotFiles,
  snapshotFolder,
  writtenSnapshots,
} from "./snapshot-files";

/** `npm run snapshots`: write the diagrams in docs/diagrams and what the stacks are now, remove what is stale, and say which stacks changed. */
run(async () => {
  const [written, current] = [writtenSnapshots(), currentSnapshots()];
  removeStale(written, current);
  for (const [path, text] of Object.entries(current)) if (written[path] !== text) write(path, text);
  for (const [path, text] of Object.entries(await currentDiagrams())) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  const changes = changedStacks(written, current);
  for (const { stack, change } of changes) process.stdout.write(`${change.padEnd(8)} ${stack}\n`);
  if (changes.length === 0) process.stdout.write("Every snapshot is up to date.\n");
  return 0;
});

function removeStale(written: SnapshotFiles, current: SnapshotFiles): void {
  for (const path of Object.keys(written).filter((path) => !(path in current))) {
    const file = join(snapshotFolder, path);
    rmSync(file);
    if (readdirSync(dirname(file)).length === 0) rmdirSync(dirname(file));
  }
}

function write(path: string, text: string): void {
  const file = join(snapshotFolder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

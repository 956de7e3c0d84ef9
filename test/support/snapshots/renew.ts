import "../../../exit-guard";
import { mkdirSync, readdirSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { run } from "../../../scripts/runner/command";
import { commandPage, commandPageText } from "../docs/command-page";
import { outputsPage, outputsPageText } from "../docs/outputs-page";
import { reviewPicture, reviewPictureText } from "../docs/review-picture";
import { promisedStacks, renewAddresses } from "./address-files";
import { currentDiagrams } from "./current-diagrams";
import { lossText } from "./lost-addresses";
import {
  changedStacks,
  currentSnapshots,
  type SnapshotFiles,
  snapshotFolder,
  writtenSnapshots,
} from "./snapshot-files";

/**
 * `npm run snapshots`: write the diagrams in docs/diagrams, the pages of commands and outputs, the picture of a review, what the stacks are now and the
 * lists of their addresses, remove what is stale, and say which stacks changed. Exit code 1: addresses are lost, so that Terraform would destroy resources;
 * their lists stay as they are. `--accept-lost` accepts that.
 */
run(async () => {
  const { values } = parseArgs({ options: { "accept-lost": { type: "boolean", default: false } } });
  const [written, current] = [writtenSnapshots(), currentSnapshots()];
  removeStale(written, current);
  for (const [path, text] of Object.entries(current)) if (written[path] !== text) write(path, text);
  for (const [path, text] of Object.entries(await currentDiagrams())) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  writeFileSync(commandPage, await commandPageText());
  writeFileSync(outputsPage, outputsPageText());
  writeFileSync(reviewPicture, reviewPictureText());
  const changes = changedStacks(written, current);
  for (const { stack, change } of changes) process.stdout.write(`${change.padEnd(8)} ${stack}\n`);
  if (changes.length === 0) process.stdout.write("Every snapshot is up to date.\n");
  const losses = renewAddresses(promisedStacks(), { acceptLost: values["accept-lost"] });
  process.stderr.write(lossText(losses));
  return losses.length > 0 ? 1 : 0;
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

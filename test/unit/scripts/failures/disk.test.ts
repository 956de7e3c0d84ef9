import { expect, test } from "vitest";
import { fileProblem } from "../../../../scripts/failures/disk";

/** An error of Node.js, as its file system functions throw it. */
const failing = (code: string, path?: string) =>
  Object.assign(new Error(`${code}: …, open '${path}'`), { code, ...(path !== undefined && { path }) });

const json = `${process.cwd()}/cdktf.out/stacks/compute-dev/cdk.tf.json`;

test.each([
  [
    "ENOSPC",
    json,
    "cdktf.out/stacks/compute-dev/cdk.tf.json could not be written completely, because the disk is full; free some space, and rerun the command.",
  ],
  [
    "ENOSPC",
    undefined,
    "The output could not be written completely, because the disk is full; free some space, and rerun the command.",
  ],
  [
    "EROFS",
    json,
    "cdktf.out/stacks/compute-dev/cdk.tf.json is on a read-only file system; run the command in a copy of the project that can be written.",
  ],
  [
    "EACCES",
    "cdktf.out",
    "cdktf.out cannot be written; change its owner or permissions, e.g. if another user created it, and rerun the command.",
  ],
  [
    "ENOTDIR",
    "cdktf.out/stacks",
    "cdktf.out/stacks is a file where a folder must be; remove it, and rerun the command.",
  ],
])("%s of %s is one sentence", (code, path, sentence) => {
  expect(fileProblem(failing(code, path))).toBe(sentence);
});

test.each([failing("ENOENT", json), new Error("EACCES"), new TypeError("x is not a function"), undefined])(
  "another error keeps its stack trace: %s",
  (error) => {
    expect(fileProblem(error)).toBeUndefined();
  },
);

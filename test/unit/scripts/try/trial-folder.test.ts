import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { askToEnd, type Control, isAlive } from "../../../../scripts/try/control";
import { claim, isOwn, remove, removeLeftovers, trialFolder } from "../../../../scripts/try/trial-folder";

describe("the folder of a trial", () => {
  let parent: string;
  const controls: Control[] = [];
  const before = process.env["TMPDIR"];
  const nothing = () => undefined;

  beforeEach(() => {
    parent = realpathSync(mkdtempSync(join(tmpdir(), "f-")));
    process.env["TMPDIR"] = parent;
  });
  afterEach(() => {
    for (const control of controls.splice(0)) control.close();
    if (before === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = before;
    rmSync(parent, { recursive: true, force: true });
  });

  const claimed = async (folder = trialFolder(parent), end = nothing) => {
    const control = await claim(folder, end);
    controls.push(control);
    return folder;
  };
  const refusal = /^A trial of this project is running already\./;

  test("is another one for each project, and the same for each terminal", () => {
    const other = join(parent, "other");
    mkdirSync(other);

    expect(trialFolder(parent)).toEqual(trialFolder(parent));
    expect(trialFolder(other).path).not.toBe(trialFolder(parent).path);
  });

  test("has sockets with short paths", () => {
    // macOS allows 103 characters, of which its folder for temporary files takes 48.
    expect(trialFolder(parent).control.length - parent.length).toBeLessThan(40);
  });

  test("belongs to the first of two, and stays as it was when the second is refused", async () => {
    const folder = await claimed();
    writeFileSync(folder.record, "first");

    await expect(claim(folder, nothing)).rejects.toThrow(refusal);
    expect(existsSync(folder.record)).toBe(true);
    expect(readdirSync(parent)).toHaveLength(1);
    await expect(removeLeftovers(folder)).rejects.toThrow(refusal);
  });

  test("belongs to one of many that start at once", async () => {
    const folder = trialFolder(parent);
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, async () => controls.push(await claim(folder, nothing))),
    );

    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(readdirSync(parent)).toHaveLength(1);
    expect(await isAlive(folder.control)).toBe(true);
  });

  test("is taken over from a trial that was killed, with nothing of that one in it", async () => {
    const folder = trialFolder(parent);
    mkdirSync(join(folder.path, "project"), { recursive: true });
    writeFileSync(folder.record, "killed");
    writeFileSync(folder.control, "");
    await claimed(folder);

    expect(existsSync(folder.record)).toBe(false);
    expect(await isAlive(folder.control)).toBe(true);
  });

  test("fails when it is not a folder, which somebody else may have put there", async () => {
    const folder = trialFolder(parent);
    writeFileSync(folder.path, "");

    expect(() => isOwn(folder)).toThrow(/was not made by a trial of yours; remove it, or set TMPDIR/);
    await expect(claim(folder, nothing)).rejects.toThrow(/was not made by a trial of yours/);
    expect(readdirSync(parent)).toHaveLength(1);
  });

  test("another terminal asks for the end, and learns when it has come", async () => {
    const folder = trialFolder(parent);
    const steps: string[] = [];
    let control: Control | undefined;
    control = await claim(folder, () => {
      steps.push("asked");
      remove(folder);
      steps.push("removed");
      control?.close();
    });
    expect(await askToEnd(folder.control)).toBe(true);
    steps.push("told");

    expect(steps).toEqual(["asked", "removed", "told"]);
    expect(readdirSync(parent)).toEqual([]);
    expect(await askToEnd(folder.control)).toBe(false);
  });
});

import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { afterAll, beforeEach, expect, test } from "vitest";
import { lastStart, pack, smallProject, typeCheck } from "../support/commands/started-project";

/** What run.cjs does when its cache is damaged, gone, unwanted or used twice at once. */
const project = smallProject();

beforeEach(() => project.warmUp());
afterAll(() => project.remove());

test.each([
  { damage: "a shortened pack", inflict: (file: string) => truncateSync(file, 5_000) },
  { damage: "an empty pack", inflict: (file: string) => writeFileSync(file, "") },
  { damage: "garbage in the sources", inflict: (file: string) => overwrite(file, 0.5) },
  { damage: "garbage in the compiled code", inflict: (file: string) => overwrite(file, 0.95) },
  { damage: "a deleted pack", inflict: (file: string) => rmSync(file) },
  { damage: "a deleted build", inflict: () => rmSync(project.path("build"), { recursive: true }) },
])("the cache is rebuilt without a word after $damage", async ({ inflict }) => {
  const expected = await project.synth();
  const before = project.writtenAt(pack);

  inflict(project.path(pack));
  const first = await project.synth();
  const second = await project.synth();

  expect(first).toEqual(expected);
  expect(second).toEqual(expected);
  expect(project.writtenAt(pack)).not.toBe(before);
});

test.each([
  { damage: "garbage in its record", inflict: () => writeFileSync(project.path(typeCheck), "{") },
  { damage: "a deleted record", inflict: () => rmSync(project.path(typeCheck)) },
  { damage: "a deleted program", inflict: () => rmSync(project.path("build/environments/dev.js")) },
])("the compiler runs again after $damage", async ({ inflict }) => {
  const expected = await project.synth();
  const before = project.writtenAt(typeCheck);

  inflict();

  expect(await project.synth()).toEqual(expected);
  expect(project.writtenAt(typeCheck)).not.toBe(before);
});

test.each([
  { damage: "garbage in it", inflict: () => writeFileSync(project.path(lastStart), "{") },
  { damage: "its deletion", inflict: () => rmSync(project.path(lastStart)) },
])("the record of the last start is written again after $damage", async ({ inflict }) => {
  const expected = readFileSync(project.path(lastStart));

  inflict();
  await project.synth();

  expect(readFileSync(project.path(lastStart))).toEqual(expected);
});

function overwrite(file: string, where: number): void {
  const bytes = readFileSync(file);
  const start = Math.floor(bytes.length * where);
  bytes.fill(0xa5, start, start + 1_000);
  writeFileSync(file, bytes);
}

const program = "build/layers/compute/compute-layer.js";
const stack = "compute-dev";
const damage = () => {
  const text = project.edited(program, "ecr_kms_key_arn", "no_kms_key_arn");
  writeFileSync(project.path(program), text);
};

test.each<[string, () => Promise<unknown>]>([
  [
    "while sources had an error",
    () => project.withFile("modules/kms/new.ts", "export const x: number = 'a';", failed),
  ],
  // The compiler may have written some files, and then neither the rest nor what it would know of them.
  [
    "by a compiler that was killed",
    async () => {
      damage();
      rmSync(project.path(typeCheck));
    },
  ],
  [
    "after RUN_CACHE=off",
    async () => {
      await project.synth({ RUN_CACHE: "off" });
      damage();
    },
  ],
])("a program that was changed %s is compiled again", async (_, inflict) => {
  const expected = project.stacks()[stack];

  await inflict();
  await project.synth();

  expect(project.stacks()[stack]).toBe(expected);
  await project.synth();
  expect(project.stacks()[stack]).toBe(expected);
});

async function failed(): Promise<void> {
  expect((await project.synth()).code).toBe(1);
  damage();
}

test("after an error, the compiler does not write unchanged programs again", async () => {
  await project.withFile("modules/kms/new.ts", "export const x: number = 'a';", async () => {
    await project.synth();
    const before = project.writtenAt(program);
    await project.synth();

    expect(project.writtenAt(program)).toBe(before);
  });
});

test("refused settings are the compiler's error, not a stack trace", async () => {
  rmSync(project.path("build"), { recursive: true });
  const settings = project.edited("tsconfig.build.json", '"incremental": true', '"incremental": "yes"');
  await project.withFile("tsconfig.build.json", settings, async () => {
    const { code, stderr } = await project.synth();

    expect(code).toBe(1);
    expect(stderr).toContain("error TS5024");
    expect(stderr).not.toMatch(/^ {4}at /m);
  });
});

test("a program that could not be written is recorded as nothing, and written next time", async () => {
  const expected = project.stacks()[stack];
  const path = project.path("build/modules/kms/days.js");
  rmSync(path);
  mkdirSync(path);

  expect((await project.synth()).stderr).toContain("error TS5033");
  expect(existsSync(project.path(typeCheck))).toBe(false);
  rmSync(path, { recursive: true });
  await project.synth();

  expect(project.stacks()[stack]).toBe(expected);
});

test("RUN_CACHE=off compiles a program that was changed again", async () => {
  const expected = project.stacks()[stack];

  damage();
  rmSync(project.path(typeCheck));
  await project.synth({ RUN_CACHE: "off" });

  expect(project.stacks()[stack]).toBe(expected);
});

test("RUN_CACHE=off leaves no cache", async () => {
  rmSync(project.path("build/start"), { recursive: true });

  const { code } = await project.synth({ RUN_CACHE: "off" });

  expect(code).toBe(0);
  expect([pack, typeCheck, lastStart].filter((file) => existsSync(project.path(file)))).toEqual([]);
});

test("two processes at once write what one writes", async () => {
  await project.synth();
  const expected = project.stacks();
  rmSync(project.path("build"), { recursive: true });

  const both = await Promise.all(["one", "two"].map((outdir) => project.synth({ CDKTF_OUTDIR: outdir })));

  expect(both.map(({ code }) => code)).toEqual([0, 0]);
  expect([project.stacks("one"), project.stacks("two")]).toEqual([expected, expected]);
});

test("says so when it cannot run the compiler without its script", async () => {
  const compiler = project.path("node_modules/@typescript");
  expect(lstatSync(compiler).isSymbolicLink()).toBe(true);
  rmSync(compiler);

  const { code, stderr } = await project.synth();

  expect(code).toBe(0);
  expect(stderr).toMatch(/^TypeScript's compiler is not at .*; running .*\/typescript\/bin\/tsc instead\.$/m);
});

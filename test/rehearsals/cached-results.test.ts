import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { runCommand } from "../support/emulator/ran";

/** Unit tests of a small project with this one's settings: which files `npm run test:unit` runs after a change. */
const root = resolve(__dirname, "../..");
const project = realpathSync(mkdtempSync(join(tmpdir(), "unit-tests-")));
/** Tests read and write here what no record names. */
const temporary = mkdtempSync(join(tmpdir(), "unit-tests-"));
afterAll(() => {
  for (const folder of [project, temporary]) rmSync(folder, { recursive: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), text);
}

/** Change a file without a change of what it does. */
const edit = (path: string) => write(path, `${readFileSync(join(project, path), "utf8")}\n`);

for (const path of [
  ...["package.json", "package-lock.json", "tsconfig.json", "tsconfig.build.json"],
  ...["start", "test/support/cached-results", "test/support/compiled-sources.mts"],
  ...["test/support/imported-paths.ts", "test/support/without-token-traces.cjs"],
  ...[
    "test/support/emulator/start-modules.ts",
    "test/support/files-in.ts",
    "test/support/left-out.ts",
    "test/support/slowest-files-reporter.ts",
  ],
  ...["test/support/tiers.json", "test/support/tiers.ts"],
])
  cpSync(join(root, path), join(project, path), { recursive: true });
const settings = readFileSync(join(root, "vitest.config.mts"), "utf8");
write("vitest.config.mts", settings.replace("execArgv:", 'setupFiles: ["test/support/set-up.ts"],\n$&'));
cpSync(join(root, "modules/values/remembered.ts"), join(project, "modules/values/remembered.ts"));
for (const folder of [
  ...["bench", "emulator", "environments", "layers", "scripts"],
  ...["test/cdktn", "test/commands", "test/emulator", "test/rehearsals"],
])
  mkdirSync(join(project, folder), { recursive: true });
mkdirSync(join(project, "node_modules"));
for (const name of readdirSync(join(root, "node_modules")))
  if (!/^\.(?!bin$|package-lock)/.test(name))
    symlinkSync(join(root, "node_modules", name), join(project, "node_modules", name));

const files: Readonly<Record<string, string>> = {
  "test/support/set-up.ts": "export {};",
  "modules/deep.ts": "export const deep = 1;\nexport type Deep = 1;",
  "modules/near.ts": 'export { deep } from "./deep";',
  "modules/data.json": '{ "days": 1 }',
  "modules/page.ts":
    'import { readFileSync } from "node:fs";\nexport const page = readFileSync("docs/page.md", "utf8");',
  "modules/program.ts":
    'import { execFile } from "node:child_process";\nimport { promisify } from "node:util";\nexport const version = () => promisify(execFile)(process.execPath, ["-v"]);',
  "docs/page.md": "page",
  "docs/later.md": "later",
  "docs/verdict.md": "pass",
  "test/unit/imports.test.ts":
    'import { deep } from "../../modules/near";\ntest("", () => expect(deep).toBe(1));',
  "test/unit/types.test.ts":
    'import type { Deep } from "../../modules/deep";\ntest("", () => expect(1 satisfies Deep).toBe(1));',
  "test/unit/data.test.ts":
    'import { days } from "../../modules/data.json";\ntest("", () => expect(days).toBe(1));',
  // Both import what one module has read once.
  "test/unit/page.test.ts":
    'import { page } from "../../modules/page";\ntest("", () => expect(page).not.toBe(""));',
  "test/unit/page-again.test.ts":
    'import { page } from "../../modules/page";\ntest("", () => expect(page).not.toBe(""));',
  "test/unit/later.test.ts":
    'import { readFile } from "node:fs/promises";\ntest("", async () => {\n  await null;\n  expect(await readFile("docs/later.md", "utf8")).not.toBe("");\n});',
  "test/unit/list.test.ts":
    'import { readdirSync } from "node:fs";\ntest("", () => expect(readdirSync("docs")).toContain("page.md"));',
  "test/unit/missing.test.ts":
    'import { existsSync } from "node:fs";\ntest("", () => expect(existsSync("docs/added.md")).toBeTypeOf("boolean"));',
  "test/unit/odd-paths.test.ts":
    'import { existsSync } from "node:fs";\nimport { readdir } from "node:fs/promises";\ntest("", async () => {\n  expect(["x".repeat(300), "a\\0b"].some((path) => existsSync(path))).toBe(false);\n  expect(await readdir("none", { recursive: true }).catch(() => [])).toEqual([]);\n});',
  "test/unit/stored/snapshot.test.ts": 'test("", () => expect({ a: 1 }).toMatchSnapshot());',
  "test/unit/verdict.test.ts":
    'import { readFileSync } from "node:fs";\ntest("", () => expect(readFileSync("docs/verdict.md", "utf8")).toBe("pass"));',
  "test/unit/program.test.ts":
    'import { version } from "../../modules/program";\ntest("", async () => expect((await version()).stdout).toContain("v"));',
  "test/unit/thread.test.ts":
    'import { Worker } from "node:worker_threads";\ntest("", () => new Promise((done) => new Worker("", { eval: true }).on("exit", done)));',
};
for (const [path, text] of Object.entries(files))
  write(path, path.endsWith(".test.ts") ? `import { expect, test } from "vitest";\n${text}\n` : text);

const all = Object.keys(files).flatMap((path) => /^test\/unit\/(.*)\.test\.ts$/.exec(path)?.[1] ?? []);
/** What they depend on cannot be compared. */
const always = ["program", "thread"];

const environment = { PATH: process.env["PATH"], HOME: process.env["HOME"], TMPDIR: tmpdir(), NO_COLOR: "1" };

const vitest = ["node", "node_modules/vitest/vitest.mjs", "run", "--project", "unit"];
/** What npm runs, and the variable by which it says so. */
const asNpm = { npm_lifecycle_event: "test:unit" };

interface Run {
  readonly names: string[];
  /** How many files it says that it left out. */
  readonly notRun: number | undefined;
  readonly code: number | null;
  readonly stdout: string;
}

/** The test files that a run ran. */
async function ran(command: readonly string[] = vitest, variables: NodeJS.ProcessEnv = asNpm): Promise<Run> {
  // A file that was written just before the start of a run counts as changed during the run.
  await setTimeout(100);
  const env = { ...environment, ...variables };
  const { code, stdout, stderr } = await runCommand(command, { cwd: project, env });
  const names = [...stdout.matchAll(/^ [✓❯] +\|unit\| test\/unit\/(\S+)\.test\.ts/gm)].map(
    ([, name = ""]) => name,
  );
  const [, notRun] = /^Not run again: (\d+) test files/m.exec(stdout) ?? [];
  if (names.length === 0) throw new Error(stdout + stderr);
  return { names: names.toSorted(), notRun: notRun === undefined ? undefined : Number(notRun), code, stdout };
}

const sorted = (...names: readonly string[]) => [...names].toSorted();
const expected = (...names: readonly string[]) => ({
  names: sorted(...new Set([...names, ...always])),
  notRun: all.length - new Set([...names, ...always]).size,
  code: 0,
});

test("the first run runs all, and the next one what depends on a folder into which the first wrote", async () => {
  const everything = { names: sorted(...all), notRun: undefined, code: 0 };
  expect(await ran(["npm", "run", "test:unit"], {})).toMatchObject(everything);
  // It wrote a snapshot next to one test, and `build` where another one looks for a folder.
  expect(await ran(["npm", "run", "test:unit"], {})).toMatchObject(expected("stored/snapshot", "odd-paths"));
  expect(await ran()).toMatchObject(expected());
});

// Each run also shows that the previous change no longer counts.
test.each([
  ["a module that others import", "modules/deep.ts", "export const deep = 1;\n", ["imports"]],
  ["JSON that a test imports", "modules/data.json", '{ "days": 1, "hours": 2 }', ["data"]],
  ["a page that a module reads once for all", "docs/page.md", "new page", ["page", "page-again"]],
  ["a page that a test reads later", "docs/later.md", "new later", ["later"]],
  ["a new file in a folder", "docs/added.md", "added", ["list", "missing"]],
  [
    "a test file",
    "test/unit/types.test.ts",
    'import { test } from "vitest";\ntest("", () => {});',
    ["types"],
  ],
  ["a snapshot", "test/unit/stored/__snapshots__/snapshot.test.ts.snap", "", ["stored/snapshot"]],
  [
    "a new test file",
    "test/unit/new.test.ts",
    'import { test } from "vitest";\ntest("", () => {});',
    ["new"],
  ],
])("after a change of %s, what depends on it runs", async (_, path, text, names) => {
  write(path, text);
  const run = await ran();
  rmSync(join(project, "test/unit/new.test.ts"), { force: true });
  // Vitest wrote it again during the run, so that its result was not kept.
  if (path.endsWith(".snap")) await ran();

  expect(run.names).toEqual(expected(...names).names);
});

test("what fails runs until it passes", async () => {
  write("docs/verdict.md", "fail");
  expect([await ran(), await ran()]).toMatchObject([
    { ...expected("verdict"), code: 1 },
    { ...expected("verdict"), code: 1 },
  ]);

  write("docs/verdict.md", "pass");
  expect([await ran(), await ran()]).toMatchObject([expected("verdict"), expected()]);
});

test("what a run changes while it runs is not kept", async () => {
  write("docs/short-lived.md", "");
  const existing =
    'import { existsSync } from "node:fs";\ntest("", () => expect(existsSync("docs/short-lived.md")).toBe(true));';
  write("test/unit/existing.test.ts", `import { expect, test } from "vitest";\n${existing}\n`);
  await ran();
  expect((await ran()).names).not.toContain("existing");
  const removing =
    'import { rmSync } from "node:fs";\ntest("", () => rmSync("docs/short-lived.md", { force: true }));';
  write("test/unit/removing.test.ts", `import { test } from "vitest";\n${removing}\n`);

  expect((await ran()).names).not.toContain("existing");
  expect(await ran()).toMatchObject({ names: expect.arrayContaining(["existing"]), code: 1 });
  for (const name of ["existing", "removing"]) rmSync(join(project, `test/unit/${name}.test.ts`));
  await ran();
});

test("a run of a part of a file is no result of the file", async () => {
  const both = 'test("", () => expect(1).toBe(1));\ntest("", () => expect(1).toBe(2));';
  write("test/unit/parts.test.ts", `import { expect, test } from "vitest";\n${both}\n`);
  expect(await ran([...vitest, "test/unit/parts.test.ts:2"])).toMatchObject({ names: ["parts"], code: 0 });

  expect(await ran()).toMatchObject({ ...expected("parts"), notRun: all.length - always.length, code: 1 });
  rmSync(join(project, "test/unit/parts.test.ts"));
});

test.each([
  ["TEST_CACHE=off", vitest, { ...asNpm, TEST_CACHE: "off" }],
  ["CI", vitest, { ...asNpm, CI: "true" }],
  ["other arguments", [...vitest, "test/unit"], asNpm],
  ["vitest itself", ["npx", "vitest", "run", "--project", "unit"], {}],
])("with %s, everything runs", async (_, command, variables) => {
  expect(await ran(command, variables)).toMatchObject({ names: sorted(...all), notRun: undefined, code: 0 });
});

test("such runs leave the cache as valid as it was", async () => {
  expect(await ran()).toMatchObject(expected());
});

test("a run of everything names what fails without a change that explains it", async () => {
  const first = join(temporary, "first");
  write(
    "test/unit/chance.test.ts",
    `import { expect, test } from "vitest";\nimport { existsSync } from "node:fs";\ntest("", () => expect(existsSync(${JSON.stringify(first)})).toBe(false));\n`,
  );
  await ran();
  writeFileSync(first, "");

  expect((await ran()).names).toEqual(expected().names);
  const { names, code, stdout } = await ran([...vitest, "test/unit"]);
  rmSync(join(project, "test/unit/chance.test.ts"));
  expect(names).toContain("chance");
  expect(code).toBe(1);
  expect(stdout).toMatch(
    /^These test files passed today, .* but now they fail:\n {2}test\/unit\/chance\.test\.ts\n\S/m,
  );
});

test.each([
  ["an environment variable", () => undefined, { AWS_REGION: "eu-west-1" }],
  ["a program that Node.js loads as it is", () => edit("start/lock.cjs"), {}],
  ["a setup file", () => edit("test/support/set-up.ts"), {}],
  ["the code that decides this", () => edit("test/support/imported-paths.ts"), {}],
])("after a change of %s, everything runs", async (_, change, variables) => {
  await ran();
  change();

  expect((await ran(vitest, { ...asNpm, ...variables })).names).toEqual(sorted(...all));
});

test("a damaged cache is ignored", async () => {
  await ran();
  const caches = readdirSync(join(project, "build/unit/results"));
  expect(caches).not.toEqual([]);
  for (const name of caches) write(`build/unit/results/${name}`, '{ "paths":');

  expect((await ran()).names).toEqual(sorted(...all));
  expect(await ran()).toMatchObject(expected());
});

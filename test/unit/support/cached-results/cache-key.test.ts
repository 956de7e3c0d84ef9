import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { cacheKey, isOfSession } from "../../../support/cached-results/cache-key";
import { filesIn } from "../../../support/files-in";

let project: string;

const write = (path: string, text: string) => {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), text);
};

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "cache-key-"));
  for (const path of ["package-lock.json", "node_modules/.package-lock.json", "vitest.config.mts"])
    write(path, "1");
});
afterEach(() => rmSync(project, { recursive: true }));

const key = (environment: NodeJS.ProcessEnv = { PATH: "/bin", HOME: "/" }, date = "2026-11-30") =>
  cacheKey(project, environment, date, []);

test.each([
  "package-lock.json",
  "package.json",
  "node_modules/.package-lock.json",
  "vitest.config.mts",
  "tsconfig.build.json",
  "run.cjs",
  "start/lock.cjs",
  "test/support/deep/compiled-sources.mts",
])("changes with %s", (path) => {
  const before = key();
  write(path, "2");

  expect(key()).not.toBe(before);
});

test.each(["modules/a.ts", "docs/a.md", "node_modules/a/index.cjs", "build/a.mjs", "cdktf.out/a.cjs"])(
  "stays the same with %s",
  (path) => {
    const before = key();
    write(path, "2");

    expect(key()).toBe(before);
  },
);

test("changes with the day and with an environment variable, but not with their order", () => {
  expect(key({ HOME: "/", PATH: "/bin" })).toBe(key());
  expect(key(undefined, "2026-12-01")).not.toBe(key());
  expect(key({ PATH: "/bin", HOME: "/", AWS_REGION: "eu-west-1" })).not.toBe(key());
  expect(key({ PATH: "/bin", HOME: "/root" })).not.toBe(key());
});

test("stays the same in another terminal, and under npm", () => {
  const terminal = { PWD: "/a", SHLVL: "3", TERM_SESSION_ID: "1", SSH_TTY: "/dev/1", npm_config_yes: "true" };

  expect(key({ PATH: "/a/node_modules/.bin:/bin", HOME: "/", ...terminal })).toBe(key());
});

test("changes with the programs that decide how every test runs", () => {
  const keyWith = () => cacheKey(project, {}, "2026-11-30", ["test/setup.ts"]);
  write("test/setup.ts", "1");
  const before = keyWith();
  write("test/setup.ts", "2");

  expect(keyWith()).not.toBe(before);
});

test("no code of the project names a variable of the terminal as a property of the environment", () => {
  const folders = ["environments", "layers", "modules", "scripts", "emulator", "bench", "start", "test"];
  const read = folders.flatMap((folder) =>
    filesIn(folder)
      .filter((file) => /\.(?:ts|cjs)$/.test(file) && !file.includes("cached-results"))
      .flatMap((file) => [...readFileSync(file, "utf8").matchAll(/\benv(?:\.(\w+)|\["(\w+)"\])/g)])
      .map(([, property, name]) => property ?? name ?? ""),
  );

  expect(read).toContain("PATH");
  expect(read.filter(isOfSession)).toEqual([]);
});

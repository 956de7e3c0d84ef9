import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pack, smallProject, typeCheck } from "../support/commands/started-project";

/** run.cjs after changes of environment files, of which it checks only these where that is enough. */
const project = smallProject();
/** The same, without a cache: everything is checked each time. */
const uncachedProject = smallProject();
const checks = "build/start/environments";

beforeAll(() => project.warmUp());
afterAll(() => {
  project.remove();
  uncachedProject.remove();
});

const dev = (rest: string) =>
  `import { defineEnvironment } from "./environment";\n\nexport const dev = ${rest};\n`;
const keeping = (count: unknown) => dev(`defineEnvironment({ name: "dev", maxImageCount: ${count} })`);

/** Whether the last type check was one of environment files alone. */
const wasPartial = () => existsSync(project.path(checks));
const compute = () => project.stacks()["compute-dev"];

test("only environment files are checked, and their programs are those of a whole check", async () => {
  const before = project.writtenAt(pack);
  const program = "build/environments/dev.js";
  for (const count of [60, 61]) {
    await project.withFile("environments/dev.ts", keeping(count), async () => {
      expect((await project.synth()).code).toBe(0);
      expect(compute()).toContain(`"maxImageCount":${count}`);
      expect(wasPartial()).toBe(true);

      writeFileSync(uncachedProject.path("environments/dev.ts"), keeping(count));
      await uncachedProject.synth({ RUN_CACHE: "off" });
      for (const file of [program, `${program}.map`])
        expect(readFileSync(project.path(file), "utf8")).toBe(
          readFileSync(uncachedProject.path(file), "utf8"),
        );
    });
  }
  expect(project.writtenAt(pack)).toBe(before);
});

test("fails for an error in an environment file, as often as it runs, until it is corrected", async () => {
  await project.withFile("environments/dev.ts", keeping('"many"'), async () => {
    const first = await project.synth();

    expect(first).toMatchObject({ code: 1, stderr: expect.stringContaining("environments/dev.ts(3,") });
    expect(await project.synth()).toEqual(first);
    expect(wasPartial()).toBe(true);
  });
  expect((await project.synth()).code).toBe(0);
});

test("a change of code after that writes the program of an environment file that is as it was before", async () => {
  await project.synth();
  const changed = project.edited("modules/kms/days.ts", "30", "31");
  await project.withFile("environments/dev.ts", keeping(70), async () => void (await project.synth()));

  await project.withFile("modules/kms/days.ts", changed, async () => {
    expect((await project.synth()).code).toBe(0);
    expect(compute()).toContain('"days":31,"maxImageCount":50');
    expect(wasPartial()).toBe(false);
  });
});

test.each([
  {
    change: "gives the list a value of another type",
    path: "environments/dev.ts",
    content: 'export const dev = { name: "dev" };\n',
    error: "scripts/synth.ts",
  },
  {
    change: "changes what other files see",
    path: "environments/dev.ts",
    content: `${keeping(50)}\ndeclare module "../modules/kms/days" {\n  interface Days {\n    readonly unit: string;\n  }\n}\n`,
    error: undefined,
  },
  {
    change: "uses a file that nothing else uses",
    path: "environments/dev.ts",
    content: `import "../elsewhere";\n${keeping(51)}`,
    error: undefined,
  },
  {
    change: "changes the list",
    path: "environments/all.ts",
    content: 'import { dev } from "./dev";\n\nexport const definitions = { "environments/other.ts": dev };\n',
    error: undefined,
  },
])("everything is checked when an environment file $change", async ({ path, content, error }) => {
  await project.withFile("environments/dev.ts", keeping(52), async () => void (await project.synth()));
  await project.synth();
  expect(wasPartial()).toBe(true);
  await project.withFile("elsewhere.ts", "export {};\n", () =>
    project.withFile(path, content, async () => {
      const { code, stderr } = await project.synth();

      expect(stderr).toEqual(error === undefined ? "" : expect.stringContaining(error));
      expect(code).toBe(error === undefined ? 0 : 1);
      expect(wasPartial()).toBe(false);
    }),
  );
  expect((await project.synth()).code).toBe(0);
});

test.each([
  {
    damage: "garbage in a program",
    inflict: () => writeFileSync(project.path(`${checks}/output/environments/dev.js`), "{"),
  },
  {
    damage: "a deleted program",
    inflict: () => rmSync(project.path(`${checks}/output/environments/dev.js`)),
  },
  {
    damage: "garbage in what the compiler knows",
    inflict: () => writeFileSync(project.path(`${checks}/tsconfig.tsbuildinfo`), "{"),
  },
  { damage: "a deleted folder", inflict: () => rmSync(project.path(checks), { recursive: true }) },
  { damage: "a deleted record", inflict: () => rmSync(project.path(typeCheck)) },
])("an environment file is compiled after $damage", async ({ inflict }) => {
  await project.withFile("environments/dev.ts", keeping(80), async () => {
    await project.synth();
    inflict();
  });
  await project.withFile("environments/dev.ts", keeping(81), async () => {
    expect((await project.synth()).code).toBe(0);
    expect(compute()).toContain('"maxImageCount":81');
  });
  await project.synth();
});

test.each([
  {
    before: "declared what code uses",
    text: `${keeping(50)}\ndeclare global {\n  interface String {\n    readonly unit: string;\n  }\n}\n`,
    // TypeScript's incremental check of everything does not find this one.
    isFound: false,
    code: 'export const daysToKeep: number = "".unit === "" ? 30 : 31;\n',
  },
  {
    before: "had a type on which code relies",
    isFound: true,
    text: 'import { defineEnvironment } from "./environment";\n\nexport const dev: any = defineEnvironment({ name: "dev", maxImageCount: 50 });\n',
    code: 'import { definitions } from "../../environments/all";\n\nexport const daysToKeep: number = definitions["environments/dev.ts"].days ?? 30;\n',
  },
])(
  "code is checked again when an environment file no longer has what it had: $before",
  async ({ text, code, isFound }) => {
    await project.withFile("environments/dev.ts", text, () =>
      project.withFile("modules/kms/days.ts", code, async () => {
        expect(await project.synth()).toMatchObject({ code: 0, stderr: "" });

        writeFileSync(project.path("environments/dev.ts"), keeping(50));
        const { code: exitCode, stderr } = await project.synth();
        expect(wasPartial()).toBe(false);
        if (isFound) expect([exitCode, stderr]).toEqual([1, expect.stringContaining("modules/kms/days.ts")]);
      }),
    );
    expect((await project.synth()).code).toBe(0);
  },
);

/** Contents that the files of a project have in turn: the first is what they have at first. */
const contents: Readonly<Record<string, readonly string[]>> = {
  "environments/dev.ts": [
    keeping(50),
    keeping(51),
    keeping('"many"'),
    dev('{ name: "dev", maxImageCount: 52 }'),
    dev("undefined"),
  ],
  "environments/all.ts": [
    'import { dev } from "./dev";\n\nexport const definitions = { "environments/dev.ts": dev };\n',
    'import { dev } from "./dev";\n\nexport const definitions = { "environments/dev.ts": dev, ...{} };\n',
  ],
  "environments/environment.ts": [
    readFileSync(project.path("environments/environment.ts"), "utf8"),
    readFileSync(project.path("environments/environment.ts"), "utf8").replace("maxImageCount:", "maxCount:"),
  ],
  "modules/kms/days.ts": [
    "export const daysToKeep: number = 30;\n",
    "export const daysToKeep: number = 31;\n",
  ],
};

/** Numbers that look random, the same in each run. */
function* numbers(seed: number) {
  for (let state = seed; ; yield state >>> 8) state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
}

test("after any changes in any order, a start does what one without a cache does", async () => {
  const random = numbers(20_261_130);
  const next = (below: number) => Number(random.next().value) % below;
  const paths = Object.keys(contents);
  for (const [path, [first = ""]] of Object.entries(contents))
    for (const each of [project, uncachedProject]) writeFileSync(each.path(path), first);
  for (let step = 0; step < 40; step++) {
    // Environment files change most often.
    const path = paths[Math.max(0, next(paths.length + 3) - 3)] ?? "";
    const content = contents[path]?.[next(contents[path]?.length ?? 0)] ?? "";
    for (const each of [project, uncachedProject]) writeFileSync(each.path(path), content);

    const cached = await project.synth();
    const uncached = await uncachedProject.synth({ RUN_CACHE: "off" });

    expect(cached, `step ${step}: ${path}\n${content}`).toEqual(uncached);
    if (uncached.code === 0) expect(project.stacks()).toEqual(uncachedProject.stacks());
  }
});

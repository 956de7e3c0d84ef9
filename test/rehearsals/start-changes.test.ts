import { mkdtempSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { lastStart, pack, smallProject, typeCheck } from "../support/commands/started-project";

/** run.cjs, which must notice every change, and do nothing twice. */
const project = smallProject();
const types = "node_modules/commander/typings/index.d.ts";

// Each change meets a project in which everything is recorded to be current.
beforeEach(() => project.warmUp());
afterAll(() => project.remove());

test("while nothing changes, nothing is checked or packed again, and the JSON is that of RUN_CACHE=off", async () => {
  const before = [typeCheck, pack, lastStart].map((file) => project.writtenAt(file));

  const cached = await project.synth({ CDKTF_OUTDIR: "cached" });
  const after = [typeCheck, pack, lastStart].map((file) => project.writtenAt(file));
  const uncached = await project.synth({ CDKTF_OUTDIR: "uncached", RUN_CACHE: "off" });

  expect(after).toEqual(before);
  expect(cached.code).toBe(0);
  expect(cached.stderr).toBe(uncached.stderr);
  expect(Object.keys(project.stacks("cached"))).toEqual(["compute-dev"]);
  expect(project.stacks("cached")).toEqual(project.stacks("uncached"));
});

const renamed = { from: "ecr_kms_key_arn", to: "images_kms_key_arn" };

test.each([
  {
    change: "a renamed output of a contract",
    path: "layers/security/security.contract.ts",
    content: () => project.edited("layers/security/security.contract.ts", renamed.from, renamed.to),
    error: "layers/compute/compute-layer.ts",
  },
  {
    change: "a new file with a type error",
    path: "modules/kms/new.ts",
    content: () => 'export const days: number = "ten";\n',
    error: "modules/kms/new.ts",
  },
  {
    change: "types of a dependency",
    path: types,
    content: () => project.edited(types, "allowUnknownOption(", "permitUnknownOption("),
    error: "scripts/runner/arguments.ts",
  },
])("fails after $change, as often as it runs, until that is undone", async ({ path, content, error }) => {
  await project.withFile(path, content(), async () => {
    const first = await project.synth();
    const second = await project.synth();

    expect(first).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining(error) });
    expect(second).toEqual(first);
  });
  expect((await project.synth()).code).toBe(0);
});

test("fails for a type error even if an environment file ends the program that explains it", async () => {
  const explanation =
    'import "../../environments/all";\nexport const explainSyntaxErrors = () => undefined;\n';
  const dev = project.edited(
    "environments/dev.ts",
    "export",
    'process.exit(0);\nexport const days: number = "ten";\nexport',
  );
  await project.withFile("scripts/failures/syntax-error.ts", explanation, () =>
    project.withFile("environments/dev.ts", dev, async () => {
      expect(await project.synth()).toMatchObject({
        code: 1,
        stderr: expect.stringContaining("environments/dev.ts("),
      });
    }),
  );
  // The explanation's program would explain the errors of other tests.
  rmSync(project.path("build/scripts/failures"), { recursive: true });
});

test("fails after a change in types of a dependency that keeps the size and the time of the file", async () => {
  const { atime, mtime } = statSync(project.path(types));
  const content = project.edited(types, "allowUnknownOption(", "allowUnknownChoice(");
  await project.withFile(types, content, async () => {
    utimesSync(project.path(types), atime, mtime);

    const { code, stderr } = await project.synth();

    expect(code).toBe(1);
    expect(stderr).toContain("scripts/runner/arguments.ts");
  });
});

test("types of a dependency are checked again when their file was only touched", async () => {
  const before = project.writtenAt(typeCheck);

  utimesSync(project.path(types), new Date(), new Date());
  await project.synth();

  expect(project.writtenAt(typeCheck)).not.toBe(before);
});

test("a program is packed again after a change in what packs it", async () => {
  const before = project.writtenAt(pack);
  const path = "start/first-use.cjs";

  await project.withFile(path, project.edited(path, '"archiver"', '"no archiver"'), async () => {
    expect((await project.synth()).code).toBe(0);
  });

  expect(project.writtenAt(pack)).not.toBe(before);
});

test("a changed environment file is compiled, and the pack stays", async () => {
  const before = project.writtenAt(pack);
  const content = project.edited("environments/dev.ts", "maxImageCount: 50", "maxImageCount: 51");
  await project.withFile("environments/dev.ts", content, async () => {
    const { code } = await project.synth();

    expect(code).toBe(0);
    expect(project.stacks()["compute-dev"]).toContain('"maxImageCount":51');
  });
  expect(project.writtenAt(pack)).toBe(before);
});

test.each([
  { owner: "the project", path: "scripts/synth.ts" },
  { owner: "a dependency", path: "node_modules/commander/lib/command.js" },
])("changed code of $owner runs at once", async ({ path }) => {
  const content = `${project.edited(path, "", "")}\nprocess.stderr.write("changed\\n");\n`;
  await project.withFile(path, content, async () => {
    expect((await project.synth()).stderr).toContain("changed\n");
    expect((await project.synth()).stderr).toContain("changed\n");
  });
  expect((await project.synth()).stderr).not.toContain("changed\n");
});

/** A folder of the user's, which tsconfig.build.json does not list. */
const shared = "export const count = 50;\n";
const usingShared = `import { count } from "../shared/count";
import { defineEnvironment } from "./environment";

export const dev = defineEnvironment({ name: "dev", maxImageCount: count });
`;

test("a file that an environment file imports from another folder is checked and used as it is now", async () => {
  await project.withFile("shared/count.ts", shared, () =>
    project.withFile("environments/dev.ts", usingShared, async () => {
      await project.warmUp();
      await project.withFile("shared/count.ts", "export const count = 77;\n", async () => {
        for (let run = 0; run < 4; run++) {
          expect((await project.synth()).code).toBe(0);
          expect(project.stacks()["compute-dev"]).toContain('"maxImageCount":77');
        }
      });
      await project.withFile("shared/count.ts", 'export const count = "many";\n', async () => {
        const error = { code: 1, stderr: expect.stringContaining("environments/dev.ts(4,") };
        expect(await project.synth()).toMatchObject(error);
        expect(await project.synth()).toMatchObject(error);
      });
      await project.warmUp();
      rmSync(project.path("shared/count.ts"));

      expect(await project.synth()).toMatchObject({
        code: 1,
        stderr: expect.stringContaining("../shared/count"),
      });
    }),
  );
});

test("types of a package that npm has linked are checked again", async () => {
  const linked = mkdtempSync(join(tmpdir(), "linked-"));
  const declared = (type: string) =>
    writeFileSync(join(linked, "main.d.ts"), `export declare const count: ${type};\n`);
  writeFileSync(
    join(linked, "package.json"),
    '{ "name": "linked", "types": "main.d.ts", "main": "main.js" }',
  );
  writeFileSync(join(linked, "main.js"), "exports.count = 50;\n");
  declared("number");
  symlinkSync(linked, project.path("node_modules/linked"));
  try {
    await project.withFile(
      "environments/dev.ts",
      usingShared.replace("../shared/count", "linked"),
      async () => {
        await project.warmUp();
        declared("string");

        expect(await project.synth()).toMatchObject({
          code: 1,
          stderr: expect.stringContaining("dev.ts(4,"),
        });
      },
    );
  } finally {
    rmSync(project.path("node_modules/linked"));
    rmSync(linked, { recursive: true });
  }
});

test("the trace of an unexpected error names the same lines as without the pack", async () => {
  const path = "scripts/runner/arguments.ts";
  const body = 'const command = new Command("synth")';
  const content = project.edited(
    path,
    body,
    `if (argv.length > 2) throw new Error("unexpected");\n  ${body}`,
  );
  await project.withFile(path, content, async () => {
    await project.warmUp();
    const frames = async (variables: Record<string, string>) =>
      (await project.synth(variables, "--strict")).stderr.match(/^ {4}at .*$/gm)?.slice(0, 2);

    const packed = await frames({});

    expect(packed?.[0]).toMatch(/parseSynthArguments \(.*\/build\/scripts\/runner\/arguments\.js:\d+:\d+\)$/);
    expect(packed).toEqual(await frames({ RUN_CACHE: "off" }));
  });
});

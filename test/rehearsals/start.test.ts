import { readFileSync } from "node:fs";
import { afterAll, beforeEach, expect, test } from "vitest";
import { lastStart, pack, typeCheck, wholeProject } from "../support/commands/started-project";

/** This project under run.cjs. Each way to notice a change is tested in a smaller one: see start-changes.test.ts. */
const project = wholeProject();

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
  expect(Object.keys(project.stacks("cached"))).toContain("compute-prod");
  expect(project.stacks("cached")).toEqual(project.stacks("uncached"));
});

test("a synth depends on its own types, all sources and its own output, not on what only other programs import", () => {
  const { files } = JSON.parse(readFileSync(project.path(lastStart), "utf8")) as { files: readonly string[] };
  const names = [
    "node_modules/@cdktf/provider-aws/lib/ecr-repository/index.d.ts",
    "node_modules/@types/node/fs.d.ts",
    "node_modules/zod/index.d.cts",
    "build/environments/dev.js",
    "build/layers/compute/compute-layer.js",
    "environments",
    "scripts/deploy.ts",
    pack,
  ];

  expect(names.filter((name) => !files.some((file) => file.endsWith(`/${name}`)))).toEqual([]);
  expect(files.filter((file) => /@aws-sdk\/client-|build\/scripts\/deploy\.js$/.test(file))).toEqual([]);
});

test("a changed environment file is compiled, and the pack stays", async () => {
  const before = project.writtenAt(pack);
  const content = project.edited("environments/dev.ts", "maxImageCount: 50", "maxImageCount: 51");
  await project.withFile("environments/dev.ts", content, async () => {
    const { code } = await project.synth();

    expect(code).toBe(0);
    expect(project.stacks()["compute-dev"]).toMatch(/countNumber\D+51\b/);
  });
  expect(project.writtenAt(pack)).toBe(before);
});

test("a problem in an environment file is a line without a stack trace", async () => {
  const content = project.edited("environments/dev.ts", '"123456789012"', '"YOUR_ACCOUNT_ID"');
  await project.withFile("environments/dev.ts", content, async () => {
    const { code, stderr } = await project.synth();

    expect(code).toBe(1);
    expect(stderr).toMatch(/^environments\/dev\.ts:\d+: accountId: .*\n1 problem; nothing was written\.\n$/);
  });
});

import { afterAll, beforeAll, expect, test } from "vitest";
import { pack, typeCheck, wholeProject } from "../support/commands/started-project";

/** This project under run.cjs. Each way to notice a change is tested in a smaller one: see start-changes.test.ts. */
const project = wholeProject();

beforeAll(() => project.warmUp());
afterAll(() => project.remove());

test("while nothing changes, nothing is checked or packed again, and the JSON is that of RUN_CACHE=off", async () => {
  const before = [project.writtenAt(typeCheck), project.writtenAt(pack)];

  const cached = await project.synth({ CDKTF_OUTDIR: "cached" });
  const after = [project.writtenAt(typeCheck), project.writtenAt(pack)];
  const uncached = await project.synth({ CDKTF_OUTDIR: "uncached", RUN_CACHE: "off" });

  expect(after).toEqual(before);
  expect(cached.code).toBe(0);
  expect(cached.stderr).toBe(uncached.stderr);
  expect(Object.keys(project.stacks("cached"))).toContain("compute-prod");
  expect(project.stacks("cached")).toEqual(project.stacks("uncached"));
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

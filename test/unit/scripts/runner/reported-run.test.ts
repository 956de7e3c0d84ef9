import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import { CommandError } from "../../../../scripts/runner/command";
import { reportedRun } from "../../../../scripts/runner/reported-run";
import { RunLog } from "../../../../scripts/runner/run-report";
import { withRepository } from "../../../support/environments/one-repository";

const [environment] = loadEnvironments(withRepository({}));
if (environment === undefined) throw new Error("no environment");
const newLog = () =>
  new RunLog({ verb: "deploy", environment, stacks: ["compute-test"], command: "npm run deploy -- test" });

let folder = "";
let printed: string[] = [];
let told: string[] = [];
const spied = (stream: NodeJS.WriteStream, texts: string[]) =>
  vi.spyOn(stream, "write").mockImplementation((text) => {
    texts.push(String(text));
    return true;
  });
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "report-"));
  [printed, told] = [[], []];
  spied(process.stdout, printed);
  spied(process.stderr, told);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

const report = () => JSON.parse(printed.at(-1) ?? "");
const fail = (error: Error) => async () => {
  throw error;
};

test("a file that cannot be written stops the run before it starts, and the report says so", async () => {
  const work = vi.fn();
  const markdown = join(folder, "missing", "report.md");

  await expect(reportedRun(newLog(), { json: true, markdown }, work)).rejects.toThrow(
    /--markdown: ENOENT.*nothing was started/,
  );
  expect(work).not.toHaveBeenCalled();
  expect(report()).toMatchObject({ finished: false, error: expect.stringContaining("--markdown") });
});

test("a file that is lost during the run hides neither its JSON nor its end", async () => {
  const markdown = join(folder, "gone", "report.md");
  mkdirSync(join(folder, "gone"));
  const lose = () => rmSync(join(folder, "gone"), { recursive: true });

  await reportedRun(newLog(), { json: true, markdown }, async () => lose());
  expect(report()).toMatchObject({ schemaVersion: 1 });
  expect(told.join("")).toContain("--markdown: the report was not written: ENOENT");
  mkdirSync(join(folder, "gone"));

  const problem = new CommandError("compute-test: terraform apply failed", 3);
  const failed = reportedRun(newLog(), { json: true, markdown }, async () => {
    lose();
    throw problem;
  });
  await expect(failed).rejects.toBe(problem);
  expect(report()).toMatchObject({ error: "compute-test: terraform apply failed" });
});

test("every kind of failure is reported, and is thrown as it is", async () => {
  const markdown = join(folder, "report.md");
  for (const error of [new CommandError("no answer", 130), new TypeError("a fault")]) {
    await expect(reportedRun(newLog(), { json: true, markdown }, fail(error))).rejects.toBe(error);
    expect(report()).toMatchObject({ error: error.message, toContinue: "npm run deploy -- test" });
    expect(readFileSync(markdown, "utf8")).toContain(error.message);
  }
});

test("what is in the file stays until the run ends", async () => {
  const markdown = join(folder, "report.md");
  writeFileSync(markdown, "earlier");

  await reportedRun(newLog(), { json: false, markdown }, async () => {
    expect(readFileSync(markdown, "utf8")).toBe("earlier");
  });
  expect(existsSync(markdown) && readFileSync(markdown, "utf8")).toContain("## deploy test");
});

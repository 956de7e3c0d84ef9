import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import { CommandError } from "../../../../scripts/runner/command";
import { type RunsReport, reportedRuns } from "../../../../scripts/runner/reported-runs";
import { RunLog } from "../../../../scripts/runner/run-report";
import { minimal, only } from "../../../support/environments/minimal";

const environments = ["a", "b", "c"].flatMap((name) => loadEnvironments(only({ ...minimal, name })));
const command = "npm run deploy -- --all";

let folder = "";
let printed = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "reports-"));
  printed = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs of three environments with one stack each. */
const runs = (failure: Readonly<Record<string, Error>> = {}) =>
  environments.map((environment) => {
    const stack = `security-${environment.name}`;
    const log = new RunLog({ verb: "deploy", environment, stacks: [stack], command });
    const work = vi.fn(async () => {
      const error = failure[environment.name];
      if (error !== undefined) throw error;
      log.begin();
      log.finish(stack, { outcome: "no changes" });
    });
    return { log, work };
  });

const json = () => JSON.parse(printed.slice(printed.indexOf("\n{") + 1)) as RunsReport;

test("environments run one after another, with a line for each at the end", async () => {
  await reportedRuns(runs(), { json: false }, command);

  expect(printed).toContain("[environment 2/3] b");
  expect(printed).toMatch(/Environments:\n {2}a {2}finished, 1 of 1 stacks, 0 s\n {2}b .*\n {2}c .*\n$/);
});

test("the first that fails stops the others, and every report says so", async () => {
  const all = runs({ b: new CommandError("no credentials", 130) });
  const markdown = join(folder, "report.md");

  const error = await reportedRuns(all, { json: true, markdown }, command).catch((found) => found);

  expect(error).toBeInstanceOf(CommandError);
  expect(error.exitCode).toBe(130);
  expect(error.message).toBe(
    "no credentials\nEnvironments finished: a. Not finished: b. Not started: c.\nTo continue: npm run deploy -- --all",
  );
  expect(all[2]?.work).not.toHaveBeenCalled();
  expect(json().finished).toBe(false);
  expect(
    json().environments.map(({ environment, finished, error: why }) => [environment, finished, why]),
  ).toEqual([
    ["a", true, undefined],
    ["b", false, "no credentials"],
    ["c", false, undefined],
  ]);
  expect(readFileSync(markdown, "utf8")).toMatch(
    /## deploy a: finished[\s\S]*## deploy b: not finished[\s\S]*Not started: `c`\./,
  );
});

test("fails when the report cannot be written, before anything starts", async () => {
  const all = runs();

  await expect(
    reportedRuns(all, { json: false, markdown: join(folder, "none", "report.md") }, command),
  ).rejects.toThrow(/nothing was started/);
  expect(all[0]?.work).not.toHaveBeenCalled();
});

test("an error that nobody expects stays as it is", async () => {
  const bug = new TypeError("bug");

  await expect(reportedRuns(runs({ a: bug }), { json: false }, command)).rejects.toBe(bug);
});

import { describe, expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import { RunLog, type RunReport, runMarkdown } from "../../../../scripts/runner/run-report";
import { withRepository } from "../../../support/environments/one-repository";

const [environment] = loadEnvironments(withRepository({}));
if (environment === undefined) throw new Error("no environment");
const stacks = ["security-test", "registry-111122223333-eu-west-1", "compute-test"];
const newLog = () => new RunLog({ verb: "deploy", environment, stacks, command: "npm run deploy -- test" });
const changes = (create: number, change = 0) => ({
  ...{ counts: { create, change, replace: 0, destroy: 0 }, imports: 0 },
});

/** Without times, which differ. */
const timeless = ({ seconds: _, stacks: all, ...rest }: RunReport) => ({
  ...rest,
  stacks: all.map(({ seconds: __, ...stack }) => stack),
});

function finishedLog(): RunLog {
  const log = newLog();
  expect(log.finish("security-test", { outcome: "applied", changes: changes(3, 1) })).toBe(
    "security-test: applied, 3 created, 1 changed (0 s)",
  );
  expect(log.finish("registry-111122223333-eu-west-1", { outcome: "no changes" })).toBe(
    "registry-111122223333-eu-west-1: no changes; nothing to apply (0 s)",
  );
  log.finish("compute-test", { outcome: "applied", changes: changes(0) });
  log.loadBalancers({ web: "web-1.eu-west-1.elb.amazonaws.com" });
  return log;
}

describe("a run that is finished", () => {
  test("tells what changed, and where to push and look", () => {
    expect(
      finishedLog()
        .text()
        .replaceAll(/\d+ s\b/g, "0 s")
        .split("\n")
        .slice(1),
    ).toEqual([
      "  security-test                    3 created, 1 changed  0 s",
      "  registry-111122223333-eu-west-1  no changes            0 s",
      "  compute-test                     outputs changed       0 s",
      "Repositories:",
      "  app  111122223333.dkr.ecr.eu-west-1.amazonaws.com/acme-test-app",
      "Load balancers:",
      "  web  web-1.eu-west-1.elb.amazonaws.com",
    ]);
  });

  test("is the same as JSON", () => {
    expect(timeless(finishedLog().report())).toMatchObject({
      ...{ schemaVersion: 1, verb: "deploy", environment: "test", finished: true },
      repositoryUrls: { app: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/acme-test-app" },
      loadBalancers: { web: "web-1.eu-west-1.elb.amazonaws.com" },
    });
  });
});

describe("a run that stops", () => {
  const log = newLog();
  log.finish("security-test", { outcome: "applied", changes: changes(3) });
  const report = log.report("registry: terraform apply failed\n```");

  test("tells what is not finished and how to continue", () => {
    expect(timeless(report)).toEqual({
      ...{ schemaVersion: 1, verb: "deploy", environment: "test" },
      ...{ accountId: "111122223333", region: "eu-west-1", finished: false },
      stacks: [
        {
          ...{ stack: "security-test", outcome: "applied" },
          changes: { created: 3, changed: 0, replaced: 0, destroyed: 0, imported: 0 },
        },
        { stack: "registry-111122223333-eu-west-1", outcome: "not finished" },
        { stack: "compute-test", outcome: "not finished" },
      ],
      ...{ repositoryUrls: {}, loadBalancers: {} },
      error: "registry: terraform apply failed\n```",
      toContinue: "npm run deploy -- test",
    });
  });

  test("has a Markdown report whose code block holds the error, whatever is in it", () => {
    const markdown = runMarkdown(report);

    expect(markdown).toContain("## deploy test: not finished");
    expect(markdown).toContain("| `compute-test` | not finished | 0 s |");
    expect(markdown.match(/```/g)).toHaveLength(2);
    expect(markdown).toContain("To continue: `npm run deploy -- test`");
  });
});

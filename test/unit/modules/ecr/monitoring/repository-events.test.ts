import { expect, test } from "vitest";
import {
  pushEventPatterns,
  scanEventPatterns,
} from "../../../../../modules/ecr/monitoring/repository-events";
import { eventKinds, group, loggedKinds, strangers } from "../../../../support/ecr/event-kinds";
import { instanceFinding } from "../../../../support/ecr-events";
import { matchesEvent } from "../../../../support/event-pattern";

test.each([
  ["scans are logged", scanEventPatterns(group)[0] ?? "", loggedKinds],
  ["pushes are logged", pushEventPatterns(group)[0] ?? "", ["push"]],
] as const)("exactly the %s, of repositories of the group", (_, pattern, kinds) => {
  const matching = (name: string) =>
    Object.entries(eventKinds)
      .filter(([, event]) => matchesEvent(pattern, event(name)))
      .map(([kind]) => kind);

  expect(matching("myproject-prod-web-app")).toEqual(kinds);
  for (const stranger of strangers) expect(matching(stranger), stranger).toEqual([]);
  expect(matchesEvent(pattern, instanceFinding)).toBe(false);
});

test("scans of a repository of this name in another account, Region or partition are not logged", () => {
  const event = eventKinds["basic scan with critical findings"]("myproject-prod-web-app");
  const elsewhere = [{ accountId: "123456789012" }, { region: "us-west-2" }, { partition: "aws-cn" }];

  for (const change of elsewhere)
    expect(matchesEvent(scanEventPatterns({ ...group, ...change })[0] ?? "", event)).toBe(false);
});

test("a push that failed is not logged", () => {
  const push = eventKinds.push("myproject-prod-web-app");

  const failed = { ...push, detail: { ...push.detail, result: "FAILURE" } };

  expect(matchesEvent(pushEventPatterns(group)[0] ?? "", failed)).toBe(false);
});

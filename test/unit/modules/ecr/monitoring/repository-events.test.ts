import { expect, test } from "vitest";
import { pushEventPattern, scanEventPattern } from "../../../../../modules/ecr/monitoring/repository-events";
import { eventKinds, group, loggedKinds, strangers } from "../../../../support/ecr/event-kinds";
import { instanceFinding } from "../../../../support/ecr-events";
import { matchesEvent } from "../../../../support/event-pattern";

test.each([
  ["scans are logged", scanEventPattern(group), loggedKinds],
  ["pushes are logged", pushEventPattern(group), ["push"]],
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
    expect(matchesEvent(scanEventPattern({ ...group, ...change }), event)).toBe(false);
});

test("a push that failed is not logged", () => {
  const push = eventKinds.push("myproject-prod-web-app");

  const failed = { ...push, detail: { ...push.detail, result: "FAILURE" } };

  expect(matchesEvent(pushEventPattern(group), failed)).toBe(false);
});

import { expect, test } from "vitest";
import { rollout } from "../../../../../scripts/review/gates/rollout";
import { accountId, oneChange } from "../../../../support/review/one-change";

const type = "aws_ecs_service";

/** What the gate says about the change of a service. */
function textsOf(before: object | null, after: object | null) {
  const change = oneChange(`${type}.web`, before as never, after as never);
  const plan = { format_version: "1.2", resource_changes: [change] };
  return (rollout.rules?.[type] ?? []).flatMap((rule) => rule(change, { plan, accountId }));
}

const watched = (...alarm_names: string[]) => ({
  alarms: [{ alarm_names, enable: true, rollback: true }],
});
const unwatched = { alarms: [{ alarm_names: ["errors"], enable: false, rollback: false }] };
const by = (strategy: string, bake_time_in_minutes = "15") => ({
  deployment_configuration: [{ strategy, bake_time_in_minutes }],
  load_balancer: [{ target_group_arn: "blue", advanced_configuration: [{ role_arn: "role" }] }],
});
const rolling = {
  deployment_configuration: [{ strategy: "ROLLING" }],
  load_balancer: [{ target_group_arn: "blue", advanced_configuration: [] }],
};

test("an alarm that no longer rolls a deployment back is a finding; a further one is none", () => {
  expect(textsOf(watched("errors", "latency"), watched("errors"))).toEqual([
    'alarms[0].alarm_names: ["errors","latency"] -> ["errors"]; these alarms no longer roll a deployment back',
  ]);
  expect(textsOf(watched("errors"), unwatched)).toEqual([
    "alarms[0].enable: true -> false; no alarm rolls a deployment back",
  ]);
  expect(textsOf(watched("errors"), watched("errors", "latency"))).toEqual([]);
  expect(textsOf({ alarms: [] }, watched("errors"))).toEqual([]);
});

test("a strategy that moves more at once is a finding, and one that moves less is none", () => {
  expect(textsOf(by("CANARY"), by("BLUE_GREEN"))).toEqual([
    'deployment_configuration[0].strategy: "CANARY" -> "BLUE_GREEN"; all requests move to the new tasks at once',
  ]);
  expect(textsOf(by("BLUE_GREEN"), rolling)).toEqual([
    'deployment_configuration[0].strategy: "BLUE_GREEN" -> "ROLLING"; old tasks stop as new ones start, and a rollback has to start them again',
  ]);
  expect([
    textsOf(rolling, by("CANARY")),
    textsOf(by("BLUE_GREEN"), by("LINEAR")),
    textsOf(by("LINEAR"), by("CANARY")),
    textsOf(null, rolling),
  ]).toEqual([[], [], [], []]);
});

test("a shorter bake time is a finding", () => {
  expect(textsOf(by("LINEAR", "100"), by("LINEAR", "15"))).toEqual([
    'deployment_configuration[0].bake_time_in_minutes: "100" -> "15"; old tasks stay for a shorter time, in which a rollback is immediate',
  ]);
  expect(textsOf(by("LINEAR", "15"), by("LINEAR", "100"))).toEqual([]);
});

test("a service that keeps its strategy without a second target group is a finding, with what to do", () => {
  const left = { ...by("CANARY"), load_balancer: rolling.load_balancer };

  expect(textsOf(by("CANARY"), left)).toEqual([
    'load_balancer loses its second target group, and the strategy stays CANARY; set strategy: "rolling" in deployment, and remove that after the deploy',
  ]);
});

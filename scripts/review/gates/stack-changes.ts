import { valueAt } from "../../../modules/values/value-at";
import { attributeChange, isUnknown } from "../terraform-plan";
import type { WeakeningRule } from "../weakening";
import { becomes, changesInPlace } from "../weaker-attribute";
import type { Gate } from "./gate";

export const destruction: Gate = {
  severity: "risky",
  stops:
    "A resource without content is destroyed or replaced, or a service or schedule stays and starts no tasks any more",
  rules: {
    aws_ecs_service: [noTasks],
    aws_scheduler_schedule: [becomes(["state"], "DISABLED", "it no longer starts tasks")],
  },
  find: ({ destroyed, losses }) => {
    const lost = new Set(losses.map(({ address }) => address));
    return destroyed.filter(({ address }) => !lost.has(address));
  },
};

/** Its findings have the address `stack`. */
export const stackSettings: Gate = {
  severity: "risky",
  stops: "A whole stack gets another account, Region, state or version (address: `stack`)",
  find: ({ settings }) => settings.map((sentence) => ({ address: "stack", sentence })),
};

/** Its findings have the address `stack`. */
export const abandonedStack: Gate = {
  severity: "risky",
  stops: "A stack is gone from the files, but what it has created stays in AWS (address: `stack`)",
  find: ({ abandoned }) =>
    abandoned > 0
      ? [{ address: "stack", sentence: "the stack is gone from the files, and its resources stay in AWS" }]
      : [],
};

/** A service without tasks. The AWS provider takes none for 0. */
function noTasks(...[change]: Parameters<WeakeningRule>): readonly string[] {
  const path = ["desired_count"];
  if (!changesInPlace(change) || isUnknown(change, path)) return [];
  const [before, after] = [change.change.before, change.change.after].map((values) => valueAt(values, path));
  return Number(before) > 0 && after === 0 ? [`${attributeChange(change, path)}; it runs no tasks`] : [];
}

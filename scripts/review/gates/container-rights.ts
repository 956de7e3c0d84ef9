import { valueAt } from "../../../modules/values/value-at";
import { containerIn } from "../canonical";
import { isUnknown } from "../terraform-plan";
import type { WeakeningRule } from "../weakening";
import { changesInPlace } from "../weaker-attribute";

/**
 * What the containers of a task may do that they could not do before. A new task definition had no rights to widen.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
export const containerRights: WeakeningRule = (change) =>
  comparedContainers(change, (name, before, after) =>
    moreRights(before, after).map((what) => `the container ${name} ${what}`),
  );

/** Containers whose health ECS no longer checks, so that a deployment counts them as healthy when they run. */
export const uncheckedContainers: WeakeningRule = (change) =>
  comparedContainers(change, (name, before, after) =>
    hasCheck(before) && !hasCheck(after)
      ? [
          `the container ${name} has no health check any more, and a deployment does not wait until it is healthy`,
        ]
      : [],
  );

const hasCheck = (container: unknown): boolean =>
  valueAt(container, ["healthCheck", "command"]) !== undefined;

/** What a comparison finds in each container after a change; before, a new container is empty. */
function comparedContainers(
  change: Parameters<WeakeningRule>[0],
  compare: (name: string, before: unknown, after: unknown) => readonly string[],
): string[] {
  const path = ["container_definitions"];
  if (!changesInPlace(change) || isUnknown(change, path)) return [];
  const [old, current] = [change.change.before, change.change.after].map(
    (values) => new Map(containersIn(valueAt(values, path)).map((one) => [valueAt(one, ["name"]), one])),
  );
  return [...(current ?? [])].flatMap(([name, after]) => compare(String(name), old?.get(name) ?? {}, after));
}

function containersIn(text: unknown): readonly unknown[] {
  const containers = containerIn(text);
  return Array.isArray(containers) ? containers : [];
}

function moreRights(before: unknown, after: unknown): string[] {
  const [wasReadonly, isReadonly] = [before, after].map(
    (one) => valueAt(one, ["readonlyRootFilesystem"]) === true,
  );
  const [wasPrivileged, isPrivileged] = [before, after].map((one) => valueAt(one, ["privileged"]) === true);
  const added = missing(entriesAt(after, "add"), entriesAt(before, "add"));
  const kept = missing(entriesAt(before, "drop"), entriesAt(after, "drop"));
  return [
    ...(isPrivileged && !wasPrivileged ? ["is privileged, with the rights of root on its host"] : []),
    ...(wasReadonly && !isReadonly ? ["may write to its root file system"] : []),
    ...anotherUser(valueAt(before, ["user"]), valueAt(after, ["user"])),
    ...(added.length > 0 ? [`gains the Linux capabilities ${added.join(", ")}`] : []),
    ...(kept.length > 0 ? [`no longer drops the Linux capabilities ${kept.join(", ")}`] : []),
  ];
}

/** A user is a name or a number, and optionally a group. Without one, the image decides. */
function anotherUser(before: unknown, after: unknown): string[] {
  const isRoot = (user: unknown) => /^(?:root|0)(?::|$)/.test(String(user));
  if (isRoot(after)) return isRoot(before) ? [] : ["runs as root"];
  const isFixed = typeof before === "string" && before !== "" && !isRoot(before);
  return isFixed && (after ?? "") === "" ? [`runs as the user of its image instead of ${before}`] : [];
}

const entriesAt = (container: unknown, list: "add" | "drop"): string[] => {
  const found = valueAt(container, ["linuxParameters", "capabilities", list]);
  return Array.isArray(found) ? found.map(String) : [];
};

const missing = (from: readonly string[], among: readonly string[]): string[] =>
  from.filter((entry) => !among.includes(entry));

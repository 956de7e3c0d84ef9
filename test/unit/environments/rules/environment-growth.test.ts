import { expect, test } from "vitest";
import type { UncheckedEnvironment } from "../../../../environments/options/environment";
import { environmentRules } from "../../../../environments/rules/environment";
import type { RuleContext } from "../../../../environments/schema/rule";
import { everyOptionOnce } from "../../../support/environments/every-option";

/** Sections of a file of which there can be hundreds or thousands. */
const sections = [
  ["ecr", "repositories"],
  ["ecr", "unmanagedRepositories"],
  ["ecr", "publicRepositories"],
  ["ecs", "services"],
  ["lambda", "functions"],
  ["eks", "deployments"],
  ["eks", "jobs"],
  ["eks", "cronJobs"],
  ["security", "secrets"],
] as const;

type Part = Record<string, unknown>;

/** The same environment with each entry of some sections so many times, under names of their own. */
function multiplied(environment: unknown, chosen: readonly (readonly [string, string])[], times: number) {
  const copy = structuredClone(environment) as Record<string, Part | undefined>;
  for (const [part, section] of chosen) {
    const entries = Object.entries((copy[part]?.[section] ?? {}) as Part);
    const copies = entries.flatMap(([name, options]) =>
      Array.from({ length: times }, (_, index) => [`${name}${index}`, structuredClone(options)] as const),
    );
    if (copy[part] !== undefined && entries.length > 0) copy[part][section] = Object.fromEntries(copies);
  }
  return copy;
}

/** Number of values that the rules read of an environment. */
function readsOf(environment: object): number {
  let reads = 0;
  const proxies = new WeakMap<object, object>();
  const counting = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null) return value;
    const known = proxies.get(value);
    if (known !== undefined) return known;
    const proxy = new Proxy(value, {
      get(target, key) {
        reads += 1;
        return counting(Reflect.get(target, key));
      },
    });
    proxies.set(value, proxy);
    return proxy;
  };
  const context: RuleContext = { problem: () => undefined, at: () => context };
  environmentRules(counting(environment) as UncheckedEnvironment, context);
  return reads;
}

const chosenSections = [
  ...sections.map((section) => [section.join("."), [section]] as const),
  ["all sections at once", sections] as const,
];

test.each(chosenSections)(
  "what the rules read of %s grows with the number of entries, not with its square",
  (_, chosen) => {
    for (const environment of everyOptionOnce) {
      const [few = 0, more = 0, most = 0] = [10, 20, 40].map((times) =>
        readsOf(multiplied(environment, chosen, times)),
      );

      expect(most - more, environment.name).toBeLessThanOrEqual(2.2 * (more - few));
    }
  },
);

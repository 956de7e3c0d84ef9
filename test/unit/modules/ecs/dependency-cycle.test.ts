import fc from "fast-check";
import { expect, test } from "vitest";
import { dependencyCycle } from "../../../../modules/ecs/dependency-cycle";

const names = ["a", "b", "c", "d", "e"];
const graphs = fc.record(
  Object.fromEntries(
    names.map((name) => [name, fc.uniqueArray(fc.constantFrom(...names), { maxLength: 3 })]),
  ),
);

/** Starts every container whose dependencies have started, until none is left or none can start. */
function startsCompletely(graph: Readonly<Record<string, readonly string[]>>): boolean {
  const started = new Set<string>();
  for (let before = -1; before !== started.size; ) {
    before = started.size;
    for (const [name, others] of Object.entries(graph))
      if (others.every((other) => started.has(other))) started.add(name);
  }
  return started.size === Object.keys(graph).length;
}

test("there is a circle where not all containers can start, and what is found is one", () => {
  const wrong = fc.sample(graphs, 500).filter((graph) => {
    const cycle = dependencyCycle(graph);
    if (cycle === undefined) return !startsCompletely(graph);
    const waits = cycle.every((name, index) =>
      graph[name]?.includes(cycle[(index + 1) % cycle.length] ?? ""),
    );
    return startsCompletely(graph) || !waits || new Set(cycle).size !== cycle.length;
  });

  expect(wrong).toEqual([]);
});

test("a container that is named but not there waits for nothing", () => {
  expect(dependencyCycle({ a: ["constructor", "gone"] })).toBeUndefined();
});

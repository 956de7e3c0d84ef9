import { expect, test } from "vitest";
import { definitions } from "../../../environments/all";
import { loadProject } from "../../../environments/load";
import { furtherRegions, replicaRegions } from "../../../environments/plan/replicas";
import { stacksOf } from "../../../environments/plan/stacks";
import { stateReads } from "../../../scripts/runner/state-reads";
import { synthProject } from "../../support/synth";

// These files belong to the user. What is asked of them here holds for all valid environments, whatever they are.
const { environments, context } = loadProject(definitions);
const stacks = synthProject({ environments, context });

test("the stacks are those of the environments, and no others", () => {
  const planned = environments.flatMap(stacksOf).map(({ stack }) => stack);

  expect(Object.keys(stacks).toSorted()).toEqual([...new Set(planned)].toSorted());
});

test("Terraform runs every stack with credentials of its environment's account only, in its Regions", () => {
  for (const environment of environments)
    for (const { stack, layer, region } of stacksOf(environment)) {
      const { accountId } = environment;
      const others = {
        replicas: furtherRegions(environment),
        security: furtherRegions(environment),
        // The registry that replicates looks for the replicas.
        registry: region === environment.region ? replicaRegions(environment) : [],
      }[layer as string];
      expect([stack, stacks[stack]?.["provider"].aws]).toEqual([
        stack,
        [region, ...(others ?? [])].map((one) =>
          expect.objectContaining({ allowed_account_ids: [accountId], region: one }),
        ),
      ]);
    }
});

test("every output that a stack reads is published in the state that it reads", () => {
  for (const read of stateReads(stacks)) {
    const published = Object.keys(stacks[read.writer ?? ""]?.["output"] ?? {});
    expect([read, published]).toEqual([read, expect.arrayContaining([...read.outputs])]);
  }
});

test("no two stacks have their state in one place", () => {
  const places = Object.values(stacks).map((json) => JSON.stringify(json["terraform"].backend));

  expect(new Set(places).size).toBe(places.length);
});

test("the order of the files makes no difference to any stack", () => {
  const reversed = Object.fromEntries(Object.entries(definitions).toReversed());

  const others = synthProject(loadProject(reversed, context));

  for (const [name, json] of Object.entries(stacks))
    expect(JSON.stringify(others[name])).toBe(JSON.stringify(json));
});

test("no stack holds a path of the machine", () => {
  expect(JSON.stringify(stacks)).not.toContain(process.cwd());
});

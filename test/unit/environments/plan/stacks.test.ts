import fc from "fast-check";
import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import { deployOrder, sharesRegistry, sharesStack, stateKey } from "../../../../environments/plan/stacks";
import { ConfigurationError } from "../../../../environments/schema/problem";
import { minimal, only } from "../../../support/environments/minimal";
import { runs } from "../../../support/property-runs";

/** Few words for everything, so that names, prefixes and places meet in many ways. */
const word = fc.constantFrom("a", "b", "a-b", "dev", "security", "security-a", "compute", "registry");

const state: fc.Arbitrary<EnvironmentInput["state"]> = fc.oneof(
  { weight: 1, arbitrary: fc.constant({ backend: "local" as const }) },
  {
    weight: 4,
    arbitrary: fc.record({
      backend: fc.constant("s3" as const),
      bucket: fc.constantFrom("acme-tfstate", "other-tfstate"),
      region: fc.constantFrom("eu-west-1", "us-east-1"),
      keyPrefix: fc.oneof(
        word,
        fc.tuple(word, word).map((words) => words.join("/")),
      ),
      createBucket: fc.constant(false),
    }),
  },
);

const replicatedTo = (...regions: string[]) => ({
  repositories: {
    app: { enableReplication: true, replicationDestinations: regions.map((region) => ({ region })) },
  },
});

const registries = ["eu-west-1", "us-east-1"].flatMap((region) =>
  ["111122223333", "444455556666"].map((accountId) => ({ accountId, region })),
);

/** Environments that mostly have the state that their registry's others have, or else they would not be loaded. */
const inputs: fc.Arbitrary<EnvironmentInput[]> = fc
  .tuple(
    fc.array(state, { minLength: registries.length, maxLength: registries.length }),
    fc.uniqueArray(
      fc.record({
        name: word,
        project: word,
        registry: fc.nat(registries.length - 1),
        replicates: fc.boolean(),
        own: fc.oneof({ weight: 7, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: state }),
      }),
      { selector: ({ name }) => name, minLength: 2, maxLength: 5 },
    ),
  )
  .map(([states, drafts]) =>
    drafts.map(({ name, project, registry, replicates, own }) => ({
      ...minimal,
      ...registries[registry],
      name,
      project,
      ...(replicates && {
        ecr: replicatedTo(registries[registry]?.region === "eu-west-1" ? "us-east-1" : "eu-west-1"),
      }),
      state: own ?? states[registry] ?? { backend: "local" },
    })),
  );

/** Two environments of one registry, of which one also replicates from the Region of the other's. */
const sharing: EnvironmentInput[] = ["dev", "compute"].map((name, index) => ({
  ...minimal,
  ...{ name, accountId: "111122223333", region: index === 0 ? "eu-west-1" : "us-east-1" },
  ecr: replicatedTo(index === 0 ? "us-east-1" : "eu-west-1"),
  state: { backend: "s3", bucket: "acme-tfstate", region: "eu-west-1", createBucket: false },
}));

/** Environments that are right together; nothing when they are not. */
function loaded(files: readonly EnvironmentInput[]) {
  try {
    return loadEnvironments(Object.assign({}, ...files.map(only)));
  } catch (error) {
    if (error instanceof ConfigurationError) return [];
    throw error;
  }
}

test("no two stacks have one state, but the environments of a registry share that of its stack, at one place", () => {
  let shared = 0;
  let sharedByReplicas = 0;
  fc.assert(
    fc.property(inputs, (files) => {
      const environments = loaded(files);
      fc.pre(environments.length > 0);
      for (const one of environments)
        for (const other of sharesRegistry(one, environments)) expect(other.state).toEqual(one.state);
      const plans = environments.flatMap(deployOrder);
      const stackAt = new Map<string, string>();
      for (const { stack, environment } of plans) {
        if (environment.state.backend === "local") continue;
        const place = `${environment.state.bucket}/${stateKey(environment.state, stack)}`;
        const other = stackAt.get(place);
        if (other !== undefined) {
          expect([place, other]).toEqual([place, stack]);
          expect(stack).toMatch(/^registry-/);
          shared++;
          if (!stack.endsWith(environment.region)) sharedByReplicas++;
        }
        stackAt.set(place, stack);
      }
    }),
    { numRuns: runs(100), examples: [[sharing]] },
  );
  expect(sharedByReplicas, "registries that are shared because of replicas").toBeGreaterThan(0);
  expect(shared, "environments that share a registry among those of the test").toBeGreaterThan(0);
});

test("an environment is deployed with its keys first and its repositories last", () => {
  const [environment] = loadEnvironments(only(minimal));

  const stacks = environment && deployOrder(environment).map(({ layer, stack }) => [layer, stack]);

  expect(stacks).toEqual([
    ["security", "security-test"],
    ["registry", "registry-111122223333-eu-west-1"],
    ["compute", "compute-test"],
  ]);
});

test("replicas are deployed before the rules that fill them, and the registries of their Regions before the own", () => {
  const [environment] = loadEnvironments(
    only({ ...minimal, ecr: replicatedTo("us-west-2", "eu-central-1") }),
  );

  const stacks = environment && deployOrder(environment).map(({ stack, region }) => [stack, region]);

  expect(stacks).toEqual([
    ["security-test", "eu-west-1"],
    ["replicas-test", "eu-west-1"],
    ["registry-111122223333-eu-central-1", "eu-central-1"],
    ["registry-111122223333-us-west-2", "us-west-2"],
    ["registry-111122223333-eu-west-1", "eu-west-1"],
    ["compute-test", "eu-west-1"],
  ]);
});

test("an environment shares the registry of each Region in which it has replicas", () => {
  const environments = loadEnvironments({
    ...only({ ...minimal, name: "one", ecr: replicatedTo("us-east-1") }),
    ...only({ ...minimal, name: "two", region: "us-east-1" }),
    ...only({ ...minimal, name: "three", region: "eu-north-1", ecr: replicatedTo("us-east-1") }),
    ...only({ ...minimal, name: "four", accountId: "444455556666", region: "us-east-1" }),
  });
  const namesOf = (found: typeof environments) => found.map(({ name }) => name);
  const registriesOf = (environment: (typeof environments)[number]) =>
    deployOrder(environment).filter(({ layer }) => layer === "registry");

  expect(environments.map((one) => namesOf(sharesRegistry(one, environments)))).toEqual([
    ["two", "three"],
    ["one", "three"],
    ["one", "two"],
    [],
  ]);
  expect(
    environments.map((one) => registriesOf(one).map((plan) => namesOf(sharesStack(plan, environments)))),
  ).toEqual([[["two", "three"], []], [["one", "three"]], [["one", "two"], []], [[]]]);
});

test("the key of a state is the stack's name below the prefix", () => {
  const [environment] = loadEnvironments(
    only({ ...minimal, state: { backend: "s3", bucket: "acme-tfstate", keyPrefix: "teams/b" } }),
  );

  const key = environment?.state.backend === "s3" ? stateKey(environment.state, "compute-test") : undefined;

  expect(key).toBe("teams/b/compute-test/terraform.tfstate");
});

test("environments share a registry by account and Region", () => {
  const environments = loadEnvironments({
    ...only({ ...minimal, name: "one" }),
    ...only({ ...minimal, name: "two" }),
    ...only({ ...minimal, name: "three", region: "us-east-1" }),
    ...only({ ...minimal, name: "four", accountId: "444455556666" }),
  });

  const sharing = environments.map((one) => sharesRegistry(one, environments).map(({ name }) => name));

  expect(sharing).toEqual([["two"], ["one"], [], []]);
});

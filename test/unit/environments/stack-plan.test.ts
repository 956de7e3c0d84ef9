import fc from "fast-check";
import { expect, test } from "vitest";
import type { EnvironmentInput } from "../../../environments/environment-options";
import { loadEnvironments } from "../../../environments/load";
import { deployOrder, sharesRegistry, stateKey } from "../../../environments/stack-plan";
import { minimal, only } from "../../synth";

const accounts = ["111122223333", "444455556666"];

const s3 = { backend: "s3", bucket: "acme-tfstate" } as const;

/** Few words for everything, so that names, prefixes and places meet in many ways. */
const word = fc.constantFrom("a", "b", "a-b", "dev", "security", "security-a", "compute", "registry");

const environment: fc.Arbitrary<EnvironmentInput> = fc.record({
  name: word,
  project: word,
  accountId: fc.constantFrom(...accounts),
  region: fc.constantFrom("eu-west-1", "us-east-1"),
  tier: fc.constant("development" as const),
  state: fc.oneof(
    fc.constant({ backend: "local" as const }),
    fc.record({
      backend: fc.constant("s3" as const),
      bucket: fc.constantFrom("acme-tfstate", "other-tfstate"),
      region: fc.constant("eu-west-1"),
      keyPrefix: fc.option(
        fc.oneof(
          word,
          fc.tuple(word, word).map((parts) => parts.join("/")),
        ),
        { nil: undefined },
      ),
      createBucket: fc.constant(false),
    }),
  ) as fc.Arbitrary<EnvironmentInput["state"]>,
});

/** Environments as they come when they are right together, and nothing when they are not. */
function loaded(inputs: readonly EnvironmentInput[]) {
  try {
    return loadEnvironments(Object.assign({}, ...inputs.map(only)));
  } catch {
    return [];
  }
}

test("no two stacks have one state, but the environments of a registry share that of its stack", () => {
  let compared = 0;
  fc.assert(
    fc.property(
      fc.uniqueArray(environment, { selector: ({ name }) => name, minLength: 2, maxLength: 5 }),
      (inputs) => {
        const environments = loaded(inputs);
        fc.pre(environments.length > 0);
        const stackAt = new Map<string, string>();
        for (const {
          stack,
          environment: { state },
        } of environments.flatMap(deployOrder)) {
          if (state.backend === "local") continue;
          const place = `${state.bucket}/${stateKey(state, stack)}`;
          compared += stackAt.has(place) ? 1 : 0;
          expect([place, stackAt.get(place) ?? stack]).toEqual([place, stack]);
          if (stackAt.has(place)) expect(stack).toMatch(/^registry-/);
          stackAt.set(place, stack);
        }
      },
    ),
    { numRuns: 300 },
  );
  expect(compared).toBeGreaterThan(0);
});

test("the environments of a registry have its state at one place", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(environment, { selector: ({ name }) => name, minLength: 2, maxLength: 5 }),
      (inputs) => {
        const environments = loaded(inputs);
        fc.pre(environments.length > 0);
        for (const one of environments)
          for (const other of sharesRegistry(one, environments))
            expect({ ...other.state, createBucket: false }).toEqual({ ...one.state, createBucket: false });
      },
    ),
  );
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

test("the key of a state is the stack's name below the prefix", () => {
  const [environment] = loadEnvironments(only({ ...minimal, state: { ...s3, keyPrefix: "teams/b" } }));

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

import fc from "fast-check";
import { expect, test } from "vitest";
import {
  movesBetween,
  received,
  released,
  type StoredState,
  storedIn,
} from "../../../../scripts/states/moves";
import { runs } from "../../../support/property-runs";

const state = (...names: string[]): StoredState => ({
  version: 4,
  serial: 7,
  resources: names.map((name) => ({ mode: "managed", type: "aws_ecr_repository", name })),
});

const at = (name: string) => `aws_ecr_repository.${name}`;
const addresses = (names: readonly string[]) => new Set(names.map(at));
const namesIn = ({ resources = [] }: StoredState) => resources.map(({ name }) => name);

const stack = (name: string, stored: readonly string[], declared?: readonly string[]) => ({
  stack: name,
  stored: new Map(stored.map((one) => [at(one), undefined])),
  declared: declared && addresses(declared),
});

test("what another stack declares moves there, and what none declares stays where a plan destroys it", () => {
  const moves = movesBetween([
    stack("compute-dev-1", [], ["a"]),
    stack("compute-dev-2", ["d"], ["b", "d"]),
    stack("compute-dev", ["a", "b", "gone", "cluster"], ["cluster"]),
  ]);

  expect(moves).toEqual([
    { address: at("a"), from: "compute-dev", to: "compute-dev-1" },
    { address: at("b"), from: "compute-dev", to: "compute-dev-2" },
  ]);
});

test("what a former shard holds moves, also what no stack declares", () => {
  const moves = movesBetween([stack("compute-dev-2", ["a", "gone"]), stack("compute-dev", [], ["a"])]);

  expect(moves.map(({ address, to }) => [address, to])).toEqual([
    [at("a"), "compute-dev"],
    [at("gone"), "compute-dev"],
  ]);
});

test("what several stacks declare stays until the last one is deployed", () => {
  const moves = movesBetween([
    stack("compute-dev-1", [], ["shared"]),
    stack("compute-dev-2", [], ["shared"]),
    stack("compute-dev", ["shared"], []),
  ]);

  expect(moves).toEqual([]);
});

const name = fc.constantFrom(..."abcdefgh");
const assignment = fc.dictionary(name, fc.integer({ min: 0, max: 3 }));

/** Stacks 0 to 3 with what they hold and what they declare; the first ones may be former. */
const stacksOf = (before: Record<string, number>, after: Record<string, number>, former: number) =>
  [0, 1, 2, 3].map((number) => {
    const of = (places: Record<string, number>) =>
      Object.keys(places).filter((key) => places[key] === number);
    return stack(`s${number}`, of(before), number < former ? undefined : of(after));
  });

test("wherever resources are and are to be, none is ever in no state, and each ends where it is declared", () => {
  fc.assert(
    fc.property(assignment, assignment, fc.integer({ min: 0, max: 3 }), (before, wanted, former) => {
      const after = Object.fromEntries(Object.entries(wanted).filter(([, place]) => place >= former));
      const stacks = stacksOf(before, after, former);
      const states = new Map(
        stacks.map((one) => [
          one.stack,
          state(...[...one.stored.keys()].map((address) => address.split(".")[1] ?? "")),
        ]),
      );
      const moves = movesBetween(stacks);
      const between = received(states, moves);
      const end = released(between, moves);
      const all = (some: ReadonlyMap<string, StoredState>) => [...some.values()].flatMap(namesIn).toSorted();
      const isNowhereLost = Object.keys(before).every((key) => all(between).includes(key));
      const isEachOnce = all(end).join() === Object.keys(before).toSorted().join();
      const isPlaced = Object.keys(before).every((key) =>
        after[key] === undefined
          ? [...end].some(
              ([one, { resources = [] }]) =>
                Number(one.slice(1)) >= former && resources.some((r) => r.name === key),
            )
          : namesIn(end.get(`s${after[key]}`) ?? state()).includes(key),
      );
      // An interrupted move is repeated from what it has written.
      const again = movesBetween(
        stacks.map((one) => ({
          ...one,
          stored: storedIn(between.get(one.stack)),
        })),
      );
      const resumed = released(received(between, again), again);
      return isNowhereLost && isEachOnce && isPlaced && all(resumed).join() === all(end).join();
    }),
    { numRuns: runs(1000) },
  );
});

test("a state that changes gets the next serial number, and one that does not stays the same", () => {
  const states = new Map([
    ["a", state("x")],
    ["b", state()],
    ["c", state("z")],
  ]);
  const moves = [{ address: at("x"), from: "a", to: "b" }];
  const end = released(received(states, moves), moves);

  expect([...end.values()].map(({ serial }) => serial)).toEqual([8, 8, 7]);
});

/** States in which each stack has its own policy of one role, under the same address. */
const withPolicies = (ids: Readonly<Record<string, readonly string[]>>) =>
  new Map(
    Object.entries(ids).map(([name, some]): [string, StoredState] => [
      name,
      {
        version: 4,
        serial: 1,
        resources: some.map((id) => ({
          ...{ mode: "managed", type: "aws_iam_role_policy", name: "puller" },
          instances: [{ attributes: { id } }],
        })),
      },
    ]),
  );

const policyAddress = new Set(["aws_iam_role_policy.puller"]);

const idsIn = (states: ReadonlyMap<string, StoredState>) =>
  Object.fromEntries(
    [...states].map(([name, { resources = [] }]) => [
      name,
      resources.map((resource) => `${resource.name} ${resource.instances?.[0]?.attributes?.id}`),
    ]),
  );

test("a stack's own policy of a role is not moved when another stack alone still declares one", () => {
  const states = withPolicies({ "compute-dev-1": ["role:ecr-1"], "compute-dev-2": ["role:ecr-2"] });
  const stacks = [new Set<string>(), policyAddress].map((declared, index) => ({
    ...{ stack: `compute-dev-${index + 1}`, declared },
    stored: storedIn(states.get(`compute-dev-${index + 1}`)),
  }));

  expect(movesBetween(stacks)).toEqual([]);
});

test("several resources with one address keep an entry each, and those that no stack declares are destroyed", () => {
  const states = withPolicies({
    "compute-dev-1": ["role:ecr-1"],
    "compute-dev-2": ["role:ecr-2"],
    "compute-dev": [],
  });
  const stacksNow = (now: ReadonlyMap<string, StoredState>) =>
    [...now.keys()].map((name) => ({
      ...{ stack: name, stored: storedIn(now.get(name)) },
      declared: name === "compute-dev" ? policyAddress : undefined,
    }));
  const moves = movesBetween(stacksNow(states));
  const between = received(states, moves);
  const wanted = {
    "compute-dev-1": [],
    "compute-dev-2": [],
    "compute-dev": ["puller role:ecr-1", "puller_of_compute-dev-2 role:ecr-2"],
  };

  expect(idsIn(released(between, moves))).toEqual(wanted);
  const again = movesBetween(stacksNow(between));
  expect(idsIn(released(received(between, again), again))).toEqual(wanted);
});

test("no resource of AWS is ever in no state, however many have the same address", () => {
  const held = fc.array(fc.boolean(), { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(held, held, fc.integer({ min: 0, max: 3 }), (before, wanted, former) => {
      const states = withPolicies(
        Object.fromEntries(before.map((has, index) => [`s${index}`, has ? [`role:ecr-${index}`] : []])),
      );
      const stacksNow = (now: ReadonlyMap<string, StoredState>) =>
        wanted.map((declares, index) => ({
          ...{ stack: `s${index}`, stored: storedIn(now.get(`s${index}`)) },
          declared: index < former ? undefined : declares ? policyAddress : new Set<string>(),
        }));
      const moves = movesBetween(stacksNow(states));
      const between = received(states, moves);
      const end = released(between, moves);
      const again = movesBetween(stacksNow(between));
      const resumed = released(received(between, again), again);
      return [between, end, resumed].every((now) => {
        const all = [...now.values()].flatMap((one) => [...storedIn(one).values()]);
        const formerOnes = [...now].filter(([stack]) => Number(stack.slice(1)) < former);
        const isEmptied =
          now === between || formerOnes.every(([, { resources = [] }]) => resources.length === 0);
        return (
          before.every((has, index) => !has || all.includes(`aws_iam_role_policy role:ecr-${index}`)) &&
          [...now.values()].every((one) => storedIn(one).size === (one.resources ?? []).length) &&
          isEmptied
        );
      });
    }),
    { numRuns: runs(1000) },
  );
});

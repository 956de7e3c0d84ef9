import { expect, test } from "vitest";
import { stateReads } from "../../../../scripts/runner/state-reads";
import { hasOlderContract, upgradeOf } from "../../../../scripts/upgrade/stack-upgrade";
import { only } from "../../../support/environments/minimal";
import { synth } from "../../../support/synth";
import { deployedEnvironment, deployedStacks } from "../../../support/upgrade/deployed-environment";
import { storedStates, storedVersions } from "../../../support/upgrade/stored-states";

const declared = synth(only(deployedEnvironment));

/** What a deploy of the project as it is now does to what a version has deployed. */
const upgradesFrom = (version: string) => {
  const states = storedStates(version);
  return deployedStacks.map((stack) => upgradeOf(stack, states[stack], declared[stack] ?? {}));
};

test("there are states of a version, each with resources", () => {
  expect(storedVersions()).not.toEqual([]);
  for (const version of storedVersions()) {
    const states = storedStates(version);
    expect(Object.keys(states).toSorted()).toEqual([...deployedStacks].toSorted());
    for (const state of Object.values(states)) expect(state.resources).not.toEqual([]);
  }
});

test.each(storedVersions())("an upgrade from %s destroys, replaces and forgets nothing", (version) => {
  const lost = upgradesFrom(version).map(({ stack, destroyed, replaced, forgotten }) => [
    stack,
    [...destroyed, ...replaced, ...forgotten],
  ]);

  expect(Object.fromEntries(lost)).toEqual(Object.fromEntries(deployedStacks.map((stack) => [stack, []])));
});

test.each(storedVersions())("what an upgrade from %s moves and creates is as reviewed", (version) => {
  const changes = upgradesFrom(version).flatMap(({ stack, moved, created }) => [
    ...moved.map(({ from, to }) => `${stack}: ${from} -> ${to}`),
    ...created.map((address) => `${stack}: ${address}`),
  ]);

  expect(changes).toEqual([]);
});

test("without the versions of contracts, as before there were any, the layers that others read come first", () => {
  const states = storedStates(storedVersions()[0] ?? "");
  const older = deployedStacks.filter((stack) =>
    hasOlderContract(upgradeOf(stack, { ...states[stack], outputs: {} } as never, declared[stack] ?? {})),
  );

  expect(older).toEqual(["security-dev", "network-dev", "compute-dev"]);
  expect(stateReads(declared).map(({ writer }) => writer)).toEqual(
    expect.arrayContaining(["security-dev", "network-dev"]),
  );
});

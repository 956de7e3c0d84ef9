import fc from "fast-check";
import { expect, test } from "vitest";
import { type AliasTraffic, NotBackError, rollOut } from "../../../../../scripts/ecr/lambda/rollout";

/** An alias that remembers where its traffic went; `sick` is the number of the look at which a problem is found. */
function fakeAlias({ sick = Infinity, stopped = Infinity }: { sick?: number; stopped?: number }) {
  const routes: string[] = [];
  let [looks, waits, seconds] = [0, 0, 0];
  const alias: AliasTraffic = {
    route: async (version, next) =>
      void routes.push(next === undefined ? version : `${version}+${next.version}:${next.percent}`),
    back: async (version) => void routes.push(version),
    problem: async () => (++looks === sick ? "2 errors" : undefined),
    wait: async (time) => {
      seconds += time;
      if (++waits === stopped) throw new Error("stopped");
    },
    say: () => undefined,
  };
  return { alias, routes, seconds: () => seconds };
}

test("a version takes over in steps", async () => {
  const { alias, routes, seconds } = fakeAlias({});
  const end = await rollOut(alias, { from: "7", to: "8", steps: [10, 50], seconds: 40, poll: 15 });

  expect(end).toEqual({ outcome: "moved" });
  expect(routes).toEqual(["7+8:10", "7+8:50", "8"]);
  expect(seconds()).toBe(3 * 40);
});

test("a problem sends everything back to the old version", async () => {
  const { alias, routes } = fakeAlias({ sick: 2 });
  const end = await rollOut(alias, { from: "7", to: "8", steps: [10, 50], seconds: 15, poll: 15 });

  expect(end).toEqual({ outcome: "rolled back", percent: 50, reason: "2 errors" });
  expect(routes).toEqual(["7+8:10", "7+8:50", "7"]);
});

const steps = fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { maxLength: 5 });
const look = fc.option(fc.integer({ min: 1, max: 30 }), { nil: Infinity });

test("whatever happens, the alias ends at one version: the new one only if nothing was wrong", async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.nat(5), look, look, async (percents, looks, sick, stopped) => {
      const { alias, routes } = fakeAlias({ sick, stopped });
      const rollout = { from: "7", to: "8", steps: percents, seconds: looks * 10, poll: 10 };
      const end = await rollOut(alias, rollout).catch(() => "stopped");
      // By counting: each step has as many looks, each after a wait.
      const total = (percents.length + 1) * looks;
      const expected = stopped <= Math.min(sick, total) ? "stopped" : sick <= total ? "rolled back" : "moved";
      expect(typeof end === "string" ? end : end.outcome).toBe(expected);
      expect(routes.at(-1)).toBe(expected === "moved" ? "8" : "7");
    }),
  );
});

test("a rollout that cannot be rolled back says both why it ended and that the traffic is split", async () => {
  const { alias } = fakeAlias({ stopped: 1 });
  const stuck = { ...alias, back: async () => Promise.reject(new Error("the credentials have expired")) };
  const end = rollOut(stuck, { from: "7", to: "8", steps: [10], seconds: 15, poll: 15 });

  await expect(end).rejects.toThrow(NotBackError);
  await expect(end).rejects.toThrow(
    /^stopped\n.*may still route traffic to both versions: the credentials have expired$/,
  );
});

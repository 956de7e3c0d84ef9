import fc from "fast-check";
import { expect, test } from "vitest";
import type { RepositoryOptions } from "../../../../../environments/options/repository";
import { RepositoryStorage } from "../../../../../scripts/ecr/cost/repository-storage";
import { storedNow, whatIf } from "../../../../../scripts/ecr/cost/what-if";

const now = new Date("2026-11-29T00:00:00Z");
const repository = (more: Partial<RepositoryOptions> = {}) =>
  ({ lifecyclePolicy: null, lifecycleRules: [], protectedTags: [], ...more }) as unknown as RepositoryOptions;

interface Pushed {
  readonly layers: readonly number[];
  readonly archived: boolean;
}

/** The first is the oldest. Layers have sizes that are powers of 2, so a sum is a set. */
function measure(pushed: readonly Pushed[]) {
  const storage = new RepositoryStorage();
  const images = pushed.map(({ layers, archived }, index) => ({
    imageDigest: `sha256:${String(index).padStart(64, "0")}`,
    imagePushedAt: new Date(now.getTime() - (pushed.length - index) * 60_000),
    imageStatus: archived ? "ARCHIVED" : "ACTIVE",
    blobs: storage.add(
      layers.map((number) => ({ digest: `sha256:${number}`, size: 2 ** number })),
      now,
    ),
  }));
  return { storage, images };
}

const sum = (pushed: readonly Pushed[]): number =>
  [...new Set(pushed.flatMap(({ layers }) => layers))].reduce((total, number) => total + 2 ** number, 0);

const pushed = fc.array(
  fc.record({ layers: fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 4 }), archived: fc.boolean() }),
  { maxLength: 12 },
);
const count = fc.integer({ min: 1, max: 14 });

/** `maxImageCount` keeps the newest images that are not archived. */
const kept = (all: readonly Pushed[], max: number) => {
  const active = all.filter(({ archived }) => !archived);
  return active.slice(Math.max(0, active.length - max));
};

test("what stays is what the newest images store, and a layer that one of them shares is not freed", () => {
  fc.assert(
    fc.property(pushed, count, count, (all, declaredMax, max) => {
      const tried = whatIf(measure(all), repository({ maxImageCount: declaredMax }), {
        ...{ maxImageCount: max, inUse: new Set<string>(), isReplica: false, now },
      });
      const archive = sum(all.filter(({ archived }) => archived));
      expect(tried).toMatchObject({
        now: { standard: sum(all.filter(({ archived }) => !archived)), archive },
        declared: { standard: sum(kept(all, declaredMax)), archive },
        changed: { standard: sum(kept(all, max)), archive },
        expiring: Math.max(0, kept(all, declaredMax).length - kept(all, max).length),
      });
    }),
    { numRuns: 500 },
  );
});

test("images in use are counted among those that would expire", () => {
  const all = [1, 2, 3].map((number) => ({ layers: [number], archived: false }));
  const measured = measure(all);
  const inUse = new Set([measured.images[0]?.imageDigest ?? "", measured.images[2]?.imageDigest ?? ""]);

  expect(whatIf(measured, repository(), { maxImageCount: 1, inUse, isReplica: false, now })).toMatchObject({
    ...{ expiring: 2, expiringInUse: 1 },
    changed: { standard: 8, archive: 0 },
  });
});

test("a complete policy of its own is not tried", () => {
  const own = repository({ lifecyclePolicy: '{"rules":[]}' });
  const trial = { maxImageCount: 1, inUse: new Set<string>(), isReplica: false, now };

  expect(whatIf(measure([]), own, trial)).toBeUndefined();
});

test("an empty repository stores nothing", () => {
  expect(storedNow(measure([]))).toEqual({ standard: 0, archive: 0 });
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { capacityStrategy, type FargateCapacity } from "../../../../modules/ecs/fargate-capacity";

const weight = fc.integer({ min: 0, max: 4 });
const capacities = fc.record({ onDemandBase: weight, onDemandWeight: weight, spotWeight: weight });

/** Tasks by provider, out of many, as ECS places them: the base first, the others by weight. */
function placed(strategy: ReturnType<typeof capacityStrategy>, tasks: number): Record<string, number> {
  const base = Object.fromEntries(strategy.map((item) => [item.capacityProvider, item.base ?? 0]));
  const rest = tasks - Object.values(base).reduce((sum, count) => sum + count, 0);
  const weights = strategy.reduce((sum, item) => sum + item.weight, 0);
  return Object.fromEntries(
    strategy.map(({ capacityProvider: name, weight }) => [
      name,
      (base[name] ?? 0) + (rest * weight) / weights,
    ]),
  );
}

const isValid = ({ onDemandBase, onDemandWeight, spotWeight }: FargateCapacity) =>
  onDemandWeight > 0 || (spotWeight > 0 && onDemandBase === 0);

test("ECS places as many tasks on Fargate as the options say", () => {
  fc.assert(
    fc.property(capacities.filter(isValid), (capacity) => {
      const { onDemandBase: base, onDemandWeight: onDemand, spotWeight: spot } = capacity;
      const { FARGATE = 0, FARGATE_SPOT = 0 } = placed(capacityStrategy(capacity), 100);
      const expected = spot === 0 ? 100 : base + ((100 - base) * onDemand) / (onDemand + spot);
      return Math.abs(FARGATE - expected) < 1e-9 && Math.abs(FARGATE + FARGATE_SPOT - 100) < 1e-9;
    }),
  );
});

test("no strategy has a provider without weight, which ECS does not use", () => {
  fc.assert(
    fc.property(capacities.filter(isValid), (capacity) =>
      capacityStrategy(capacity).every(({ weight }) => weight > 0),
    ),
  );
});

test("fails when there would be no task, or an unused base", () => {
  fc.assert(
    fc.property(
      capacities.filter((capacity) => !isValid(capacity)),
      (capacity) => {
        expect(() => capacityStrategy(capacity)).toThrow();
      },
    ),
    { numRuns: 20 },
  );
});

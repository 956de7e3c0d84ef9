import fc from "fast-check";
import { expect, test } from "vitest";
import { FirstInOrder } from "../../../../../scripts/ecr/images/first-in-order";

const byNumber = (a: number, b: number) => a - b;

test("keeps what the start of the sorted list has, whatever comes in whatever order", () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.nat({ max: 20 }), (numbers, limit) => {
      const first = new FirstInOrder(limit, byNumber);
      for (const number of numbers) first.add(number);
      expect(first.sorted()).toEqual(numbers.toSorted(byNumber).slice(0, limit));
    }),
    { numRuns: 300 },
  );
});

test("without a limit sorts everything", () => {
  const first = new FirstInOrder(Number.POSITIVE_INFINITY, byNumber);
  for (const number of [3, 1, 2, 1]) first.add(number);

  expect(first.sorted()).toEqual([1, 1, 2, 3]);
});

test("never holds more than the limit", () => {
  const first = new FirstInOrder(10, byNumber);
  let most = 0;
  for (let number = 100_000; number > 0; number--) {
    first.add(number);
    most = Math.max(most, first.held);
  }

  expect(most).toBe(10);
});

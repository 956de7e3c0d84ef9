import fc from "fast-check";
import { expect, test } from "vitest";
import { isRegion } from "../../../../../modules/iam/aws-regions";
import { amountOf, costLine, totalOf } from "../../../../../scripts/ecr/cost/cost-line";
import { type Price, priceIn, prices } from "../../../../../scripts/ecr/cost/prices";

const all = Object.entries(prices).flatMap(([region, of]) =>
  Object.entries(of).map(([name, price]) => [region, name, price] as const),
);

test.each(all)(
  "the price in %s for %s has a source of AWS and a day, or says why it is unsure",
  (_, __, price) => {
    expect(price.usd).toBeGreaterThan(0);
    expect(price.mostUsd ?? price.usd).toBeGreaterThanOrEqual(price.usd);
    expect(price.source).toMatch(/^https:\/\/(?:aws\.amazon\.com|pricing\.us-east-1\.amazonaws\.com)\//);
    if (price.asOf === undefined) expect(price.unsure).toBeTruthy();
    else expect(price.asOf).toMatch(/^20\d\d(?:-\d\d(?:-\d\d)?)?$/);
  },
);

test("the Regions of the price file exist", () => {
  for (const region of Object.keys(prices)) expect(isRegion(region), region).toBe(true);
});

test("a price that is not in the file is not known, also of names that objects have", () => {
  expect(priceIn("af-south-1", "storage")).toBeUndefined();
  expect(priceIn("eu-west-1", "initialScan")).toBeUndefined();
  expect(priceIn("constructor", "storage")).toBeUndefined();
  const line = costLine({
    ...{ part: "storage", item: "a", region: "af-south-1", quantity: 5, unit: "GB-month" },
    priceName: "storage",
  });
  expect(line.amount).toBeUndefined();
  expect(totalOf([line])).toEqual({ least: 0, most: 0 });
});

/** Unit by unit, as nobody would write it in the code. */
function byUnit({ usd, beyond }: Price, quantity: number): number {
  let sum = 0;
  for (let unit = 1; unit <= quantity; unit++)
    sum += beyond !== undefined && unit > beyond.units ? beyond.usd : usd;
  return sum;
}

test("only the units beyond a tier have its price", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 300 }),
      fc.integer({ min: 0, max: 300 }),
      fc.integer({ min: 1, max: 100 }),
      (quantity, units, cents) => {
        const price = {
          ...{ usd: cents / 100, beyond: { units, usd: cents / 200 } },
          ...{ asOf: undefined, source: "" },
        };
        const { least, most } = amountOf(price, quantity);
        expect(least).toBeCloseTo(byUnit(price, quantity), 8);
        expect(most).toBe(least);
      },
    ),
  );
});

/** https://devjapan.com/ quotes $102.40 for 1 TB and the tier at 150 TB, of AWS's price list of March 2026 */
test("known amounts", () => {
  const archive = priceIn("us-east-1", "archive");
  const storage = priceIn("us-east-1", "storage");
  if (archive === undefined || storage === undefined) throw new Error("no price");

  expect(amountOf(storage, 1024).least).toBeCloseTo(102.4);
  expect(amountOf(archive, 1024).least).toBeCloseTo(102.4);
  expect(amountOf(archive, 151 * 1024).least).toBeCloseTo(150 * 102.4 + 71.68);
});

test("where AWS leaves the price open, there are two amounts", () => {
  const transfer = priceIn("us-east-1", "transfer");

  expect(transfer && amountOf(transfer, 100)).toEqual({ least: 2, most: 9 });
});

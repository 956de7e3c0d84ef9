import { expect, test } from "vitest";
import { loadEnvironments } from "../../../environments/load";
import { warningsOf } from "../../../environments/warnings/warnings";
import { shop } from "../../../examples/real-shop/shop";

test("the example of a shop is valid, and nothing in it causes a warning", () => {
  const environments = loadEnvironments({ "environments/shop.ts": shop });

  expect(environments.map(({ name }) => name)).toEqual(["shop"]);
  expect(warningsOf(environments)).toEqual([]);
});

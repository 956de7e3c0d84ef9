import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { loadEnvironments } from "../../../environments/load";
import { totalOf } from "../../../scripts/ecr/cost/cost-line";
import { declaredCost } from "../../../scripts/ecr/cost/declared-cost";
import { reviewPicture, reviewPictureText } from "../../support/docs/review-picture";
import { guide } from "../../support/environments/guide";

const readme = readFileSync("README.md", "utf8");

test("the picture of a review is what is printed now: npm run snapshots", () => {
  expect(readme).toContain(`](${reviewPicture})`);
  expect(readFileSync(reviewPicture, "utf8")).toBe(reviewPictureText());
});

test("the monthly cost in the README is that of the shipped files", () => {
  const dollars = (lines: Parameters<typeof totalOf>[0]) => `$${totalOf(lines).most.toFixed(2)}`;
  const costs = loadEnvironments(guide).map((environment) => {
    const lines = declaredCost(environment);
    const network = lines.filter(({ part }) => part === "connectivity");
    return { name: environment.name, all: dollars(lines), network: dollars(network) };
  });
  const [, ...shown] =
    /dev costs about (\S+) and prod about (\S+) a month .* NAT gateways are (\S+) and (\S+)\./.exec(
      readme.replace(/\s+/g, " "),
    ) ?? [];

  expect(shown).toEqual([...costs.map(({ all }) => all), ...costs.map(({ network }) => network)]);
});

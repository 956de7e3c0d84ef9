import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import { prod } from "../../../../examples/shared-options/prod";
import { staging } from "../../../../examples/shared-options/staging";

test("the example of shared options gives valid environments, and what a file says itself counts", () => {
  const environments = loadEnvironments({
    "environments/staging.ts": staging,
    "environments/prod.ts": prod,
  });

  expect(
    environments.map(({ name, tier, tags, state, ecr: { repositories } }) => ({
      ...{ name, tier, tags, state },
      counts: [repositories["web"]?.maxImageCount, repositories["worker"]?.maxImageCount],
      mutability: repositories["worker"]?.imageTagMutability,
    })),
  ).toMatchObject([
    {
      name: "staging",
      tier: "development",
      tags: { CostCenter: "4711" },
      state: { bucket: "shop-tfstate-111122223333" },
      counts: [50, 20],
      mutability: "IMMUTABLE",
    },
    { name: "prod", tier: "production", counts: [50, 20], state: { bucket: "shop-tfstate-444455556666" } },
  ]);
});

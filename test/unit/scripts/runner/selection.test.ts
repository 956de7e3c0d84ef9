import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import { chosenEnvironments } from "../../../../scripts/runner/selection";
import { minimal, only } from "../../../support/environments/minimal";

const environments = loadEnvironments(
  Object.assign(
    {},
    ...(["live", "try", "prod", "dev"] as const).map((name, index) =>
      only({
        ...{ ...minimal, name, accountId: `11112222333${index}` },
        tier: name === "live" || name === "prod" ? "production" : "development",
        ecr: { encryptionType: "KMS" },
      }),
    ),
  ),
);

const chosen = (args: Parameters<typeof chosenEnvironments>[0]) =>
  chosenEnvironments(args, environments).map(({ name }) => name);

test("all environments are development first, each tier in the order of the list", () => {
  expect(chosen({ environment: "", all: true })).toEqual(["try", "dev", "live", "prod"]);
  expect(chosen({ environment: "", all: true, tier: "production" })).toEqual(["live", "prod"]);
  expect(chosen({ environment: "prod" })).toEqual(["prod"]);
});

test("fails when a tier has no environment", () => {
  const development = environments.filter(({ tier }) => tier === "development");

  expect(() => chosenEnvironments({ environment: "", all: true, tier: "production" }, development)).toThrow(
    "There is no environment of the tier production.",
  );
});

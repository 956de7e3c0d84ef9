import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import { gateStatementsOfDeploy } from "../../../../environments/plan/gate-permission";
import { releaseStatements } from "../../../../environments/plan/release-permission";
import { withService } from "../../../support/environments/one-service";
import { isAllowed } from "../../../support/iam-evaluator";

const actions = ["inspector2:ListCoverage", "inspector2:ListFindings"];

const statements = (
  managedBy: "pipeline" | "terraform",
  enableEnhancedScanning: boolean,
  change: Partial<EnvironmentInput> = {},
) =>
  loadEnvironments(
    withService(
      { image: { repository: "app", tag: "v1", managedBy } },
      { ecr: { repositories: { app: { enableEnhancedScanning } } }, ...change },
    ),
  ).map((environment) => [releaseStatements(environment), gateStatementsOfDeploy(environment)] as const);

const allowed = (...options: Parameters<typeof statements>) =>
  statements(...options).map(([release, gate]) =>
    actions.filter((action) => isAllowed([...release, ...gate], { action, resource: "*" })),
  );

test("the command that deploys an image reads the findings of enhanced scanning, with and without a gate", () => {
  expect(allowed("pipeline", true)).toEqual([actions]);
  expect(allowed("pipeline", true, { imageGate: { severity: "HIGH" } })).toEqual([actions]);
  expect(allowed("pipeline", true, { imageGate: { maxAgeDays: 30 } })).toEqual([actions]);
});

test("it reads them once, and only of images that a pipeline deploys from such a repository", () => {
  const [[release] = [[]]] = statements("pipeline", true, { imageGate: { severity: "HIGH" } });

  expect(release.flatMap(({ Action }) => Action).filter((action) => actions.includes(action))).toEqual([]);
  expect(allowed("terraform", true)).toEqual([[]]);
  expect(allowed("pipeline", false)).toEqual([[]]);
});

import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import type { Environment } from "../../../../environments/plan/environment";
import { registryBlock } from "../../../../scripts/review/registry-block";
import {
  changesRepositories,
  createdSettings,
  registryLosses,
} from "../../../../scripts/review/registry-loss";
import { minimal, only } from "../../../support/environments/minimal";
import { planOf, realChange, reviewContext, weakeningPlan } from "../../../support/review/real-plan";

const qa = { project: "myproject", name: "qa" };
const dev = { project: "myproject", name: "dev" };
const repositories = [
  { name: "myproject-dev-web", environment: dev },
  { name: "myproject-dev-api", environment: dev },
  { name: "myproject-qa-api", environment: qa },
  { name: "myproject-qa-worker", environment: qa },
  { name: "other-team", environment: undefined },
];
const context = { ...reviewContext, repositories };
const losses = registryLosses(weakeningPlan, context);
const told = (own: boolean) =>
  losses.filter((loss) => loss.own === own).map(({ name, text }) => `${name}: ${text}`);

test("every repository that loses scanning or replication is named, and every statement that goes", () => {
  expect(told(false)).toMatchInlineSnapshot(`
    [
      "log-group:/aws/events/myproject-qa/*:*: delivery.logs.amazonaws.com loses logs:CreateLogStream, logs:PutLogEvents",
      "log-group:/aws/events/myproject-qa/*:*: events.amazonaws.com loses logs:CreateLogStream, logs:PutLogEvents",
      "myproject-qa-quay: is no longer a pull-through cache; pulls through it fail",
      "repository/myproject-prod-*: account 111122223333 loses ecr:CreateRepository, ecr:ReplicateImage",
      "myproject-qa-api: loses scanning: ENHANCED CONTINUOUS_SCAN -> ENHANCED OFF",
      "myproject-qa-worker: loses scanning: ENHANCED SCAN_ON_PUSH -> ENHANCED OFF",
      "myproject-qa-api: loses replication to 123456789012 in us-west-2, 123456789012 in eu-west-1",
    ]
  `);
});

test("what the deployed environment loses is told apart", () => {
  expect(told(true)).toMatchInlineSnapshot(`
    [
      "myproject-dev-quay: is no longer a pull-through cache; pulls through it fail",
      "repository/myproject-dev-hub/*: arn:aws:iam::123456789012:role/reader loses ecr:BatchImportUpstreamImage, ecr:CreateRepository",
      "myproject-dev-web: loses scanning: ENHANCED CONTINUOUS_SCAN -> ENHANCED SCAN_ON_PUSH",
      "myproject-dev-web: loses replication to 123456789012 in eu-west-1",
    ]
  `);
});

test("an environment whose name begins as the deployed one's is another", () => {
  const devEu = [{ name: "myproject-dev-eu", environment: { project: "myproject", name: "dev-eu" } }];
  const scanning = realChange("aws_ecr_registry_scanning_configuration.scanning", weakeningPlan);
  const after = { scan_type: "ENHANCED", rule: [] };
  const plan = planOf({ ...scanning, change: { ...scanning.change, after } });

  expect(registryLosses(plan, { ...context, repositories: devEu })).toEqual([
    expect.objectContaining({ name: "myproject-dev-eu", own: false }),
  ]);
});

test("settings made outside Terraform, which a first deploy overwrites, are told as losses", () => {
  const types = [
    "aws_ecr_registry_scanning_configuration.scanning",
    "aws_ecr_replication_configuration.replication",
    "aws_ecr_registry_policy.policy",
  ];
  const changes = types.map((address) => realChange(address, weakeningPlan));
  const created = planOf(
    ...changes.map((change) => ({
      ...change,
      change: { ...change.change, actions: ["create"], before: null },
    })),
  );
  const existing = Object.fromEntries(changes.map(({ type, change }) => [type, change.before as object]));

  expect(createdSettings(created)).toEqual(changes.map(({ type }) => type));
  expect(registryLosses(created, context)).toEqual([]);
  expect(changesRepositories(created)).toBe(false);
  expect(changesRepositories(created, existing)).toBe(true);
  expect(registryLosses(created, { ...context, existing })).toEqual(
    registryLosses(planOf(...changes), context),
  );
});

test("destroying the settings takes them from every repository", () => {
  const changes = [
    "aws_ecr_registry_scanning_configuration.scanning",
    "aws_ecr_replication_configuration.replication",
  ]
    .map((address) => realChange(address, weakeningPlan))
    .map((change) => ({ ...change, change: { ...change.change, actions: ["delete"], after: null } }));

  const found = registryLosses(planOf(...changes), context);

  expect(new Set(found.map(({ name }) => name))).toEqual(
    new Set(repositories.map(({ name }) => name).filter((name) => name !== "other-team")),
  );
});

test("the repositories are needed only if settings that exist change", () => {
  const scanning = realChange("aws_ecr_registry_scanning_configuration.scanning", weakeningPlan);
  const created = { ...scanning, change: { ...scanning.change, actions: ["create"], before: null } };

  expect(changesRepositories(weakeningPlan)).toBe(true);
  expect(changesRepositories(planOf(created, realChange("aws_kms_key.removed")))).toBe(false);
  expect(registryLosses(planOf(created), context)).toEqual([]);
});

test("a deploy stops for what others lose, and only for that", () => {
  const [environment] = loadEnvironments(only({ ...minimal, name: "dev" })) as [Environment];
  const some = losses.filter(({ own, name }) => own || name === "myproject-qa-api");

  expect(registryBlock(environment, "registry-1", some)).toBe(`\
The plan for registry-1 removes registry settings that do not belong to dev:
  myproject-qa-api: loses scanning: ENHANCED CONTINUOUS_SCAN -> ENHANCED OFF
  myproject-qa-api: loses replication to 123456789012 in us-west-2, 123456789012 in eu-west-1
If an environment is missing, restore its line in environments/all.ts. Declare repositories of other teams in ecr.unmanagedRepositories, or include what their projects export in ecr.registryRequests.
To deploy anyway, add --accept-registry-losses.`);
  expect(
    registryBlock(
      environment,
      "registry-1",
      losses.filter(({ own }) => own),
    ),
  ).toBeUndefined();
});

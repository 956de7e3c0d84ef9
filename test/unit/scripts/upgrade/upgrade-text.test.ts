import { expect, test } from "vitest";
import { type UpgradedStack, upgradeText } from "../../../../scripts/upgrade/upgrade-text";

const stack = (name: string, change: Partial<UpgradedStack> = {}): UpgradedStack => ({
  ...{ stack: name, layer: name.split("-")[0] ?? "", readers: [], status: "current" },
  ...{ moved: [], toOtherState: [], imported: [], replaced: [], forgotten: [], destroyed: [], created: [] },
  ...change,
});

test("the text says what happens to which resource, in which order to deploy, and what it does not know", () => {
  const text = upgradeText("dev", [
    stack("security-dev", {
      ...{
        status: "changes",
        contract: { deployed: null, current: 1 },
        readers: ["network-dev", "compute-dev"],
      },
    }),
    stack("network-dev", { status: "not deployed", created: ["aws_vpc.vpc"] }),
    stack("compute-dev", {
      status: "changes",
      contract: { deployed: 1, current: 1 },
      moved: [{ from: "aws_ecr_repository.app", to: "aws_ecr_repository.web" }],
      toOtherState: [{ address: "aws_ecr_repository.api", from: "compute-dev", to: "compute-dev-1" }],
      imported: ["aws_ecr_repository.old"],
      replaced: [
        {
          ...{ address: "aws_ecr_repository.db", path: ["encryption_configuration", 0, "encryption_type"] },
          ...{ before: "AES256", after: "KMS" },
        },
      ],
      forgotten: ["aws_ecr_registry_policy.registry"],
      destroyed: ["aws_sns_topic.alerts"],
      created: ["aws_sns_topic.events"],
    }),
  ]);

  expect(text).toMatchInlineSnapshot(`
    "┌──────────────┬──────────────┬───────────┬──────┬────────┬─────────┬─────────┬────────┬────────┐
    │ stack        │ status       │ contract  │ move │ import │ replace │ destroy │ forget │ create │
    │ security-dev │ changes      │ none -> 1 │ 0    │ 0      │ 0       │ 0       │ 0      │ 0      │
    │ network-dev  │ not deployed │           │ 0    │ 0      │ 0       │ 0       │ 0      │ 1      │
    │ compute-dev  │ changes      │ 1         │ 2    │ 1      │ 1       │ 1       │ 1      │ 1      │
    └──────────────┴──────────────┴───────────┴──────┴────────┴─────────┴─────────┴────────┴────────┘

    Deploy first
      security-dev was deployed with no version of its outputs; network-dev and compute-dev read version 1

    Moved to another address; AWS keeps them as they are
      compute-dev: aws_ecr_repository.app -> aws_ecr_repository.web

    In the state of another stack
      compute-dev -> compute-dev-1: 1 resources, 1 repositories: api
      Before the deploy: npm run shards -- --env dev --apply

    Imported
      compute-dev: aws_ecr_repository.old

    Replaced: destroyed and created again
      compute-dev: aws_ecr_repository.db: encryption_configuration[0].encryption_type: "AES256" -> "KMS"

    Destroyed
      compute-dev: aws_sns_topic.alerts

    Removed from the state; they stay in AWS
      compute-dev: aws_ecr_registry_policy.registry

    2 resources are destroyed.
    1 resource is created. If AWS has any of them already: npm run imports -- dev
    This compares states with the files, without AWS. Terraform's plan: npm run plan -- dev
    A deploy does it in order: npm run deploy -- dev
    "
  `);
});

test("an environment that is current has nothing but the table and the limits of the comparison", () => {
  expect(
    upgradeText("dev", [stack("compute-dev", { contract: { deployed: 1, current: 1 } })]),
  ).toMatchInlineSnapshot(`
    "┌─────────────┬─────────┬──────────┬──────┬────────┬─────────┬─────────┬────────┬────────┐
    │ stack       │ status  │ contract │ move │ import │ replace │ destroy │ forget │ create │
    │ compute-dev │ current │ 1        │ 0    │ 0      │ 0       │ 0       │ 0      │ 0      │
    └─────────────┴─────────┴──────────┴──────┴────────┴─────────┴─────────┴────────┴────────┘

    Nothing is destroyed.
    This compares states with the files, without AWS. Terraform's plan: npm run plan -- dev
    A deploy does it in order: npm run deploy -- dev
    "
  `);
});

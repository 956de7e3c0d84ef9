import { expect, test } from "vitest";
import {
  destroyedKeysElsewhere,
  destroyedRepositories,
  endedReplication,
  stillReplicated,
} from "../../../../scripts/review/replica-order";
import type { ResourceChange } from "../../../../scripts/review/terraform-plan";
import { planOf } from "../../../support/review/real-plan";

const account = "123456789012";

const change = (type: string, actions: string[], before: unknown, after: unknown = null): ResourceChange => ({
  ...{ address: `${type}.x`, mode: "managed", type },
  change: { actions, before, after, after_unknown: {}, before_sensitive: {}, after_sensitive: {} },
});

const key = (region: string) => ({ arn: `arn:aws:kms:${region}:${account}:key/1` });

const replica = (name: string, region: string) => ({
  ...{ name, arn: `arn:aws:ecr:${region}:${account}:repository/${name}` },
});

/** Replication in the attributes of its resource: a prefix of names, and destinations. */
const replication = (...rules: [string, ...{ region: string; registryId?: string }[]][]) => ({
  replication_configuration: [
    {
      rule: rules.map(([filter, ...destinations]) => ({
        repository_filter: [{ filter, filter_type: "PREFIX_MATCH" }],
        destination: destinations.map(({ region, registryId = account }) => ({
          region,
          registry_id: registryId,
        })),
      })),
    },
  ],
});

test("keys in other Regions are those that a plan destroys or replaces there", () => {
  const plan = planOf(
    change("aws_kms_key", ["delete"], key("eu-west-1")),
    change("aws_kms_key", ["delete", "create"], key("us-west-2"), {}),
    change("aws_kms_key", ["delete"], key("us-east-1")),
    change("aws_kms_key", ["update"], key("eu-central-1"), {}),
    change("aws_kms_key", ["create"], null, {}),
  );

  expect(destroyedKeysElsewhere(plan, "us-east-1")).toEqual([key("eu-west-1").arn, key("us-west-2").arn]);
});

test("a repository that is replaced is not among the destroyed ones", () => {
  const plan = planOf(
    change("aws_ecr_repository", ["delete"], replica("web", "eu-west-1")),
    change("aws_ecr_repository", ["delete", "create"], replica("api", "eu-west-1"), {}),
  );

  expect(destroyedRepositories(plan)).toEqual([{ name: "web", region: "eu-west-1" }]);
});

test("a replica is still replicated if a rule matches its name and has its Region in this account", () => {
  const rules = [
    { filters: ["web"], destinations: [{ region: "eu-west-1", registryId: account }] },
    { filters: ["api"], destinations: [{ region: "eu-west-1", registryId: "999988887777" }] },
  ];
  const replicas = ["web", "web-admin", "api", "base"].map((name) => ({ name, region: "eu-west-1" }));

  expect(stillReplicated(replicas, rules, account).map(({ name }) => name)).toEqual(["web", "web-admin"]);
  expect(stillReplicated([{ name: "web", region: "us-west-2" }], rules, account)).toEqual([]);
});

test("replication ends for a Region that no rule has any more, also if the resource goes", () => {
  const before = replication(["web", { region: "eu-west-1" }, { region: "us-west-2" }]);
  const update = change(
    "aws_ecr_replication_configuration",
    ["update"],
    before,
    replication(["w", { region: "us-west-2" }]),
  );
  const removal = change("aws_ecr_replication_configuration", ["delete"], before);

  expect(endedReplication(planOf(update), ["web", "api"], account)).toEqual([
    { name: "web", region: "eu-west-1" },
  ]);
  expect(endedReplication(planOf(removal), ["web"], account)).toHaveLength(2);
});

import { expect, test } from "vitest";
import {
  handMadeSettings,
  undeclaredSettings,
  withoutPlanned,
} from "../../../../scripts/review/undeclared-settings";
import { minimal, only } from "../../../support/environments/minimal";
import { planOf, realChange, weakeningPlan } from "../../../support/review/real-plan";
import { synth } from "../../../support/synth";

const where = { accountId: "123456789012", region: "us-east-1", file: "environments/dev.ts" };
const shared = { enableCrossAccountAccess: true, allowedAccountIds: ["444455556666"] };
const replicated = { enableReplication: true, replicationDestinations: [{ region: "eu-central-1" }] };

const settingsOf = (repositories: Readonly<Record<string, object>>) => {
  const stacks = synth(only({ ...minimal, ecr: { repositories } }));
  const resources = (name: string) => undeclaredSettings(stacks[name]?.["resource"]);
  return {
    compute: resources("compute-test"),
    registry: resources("registry-111122223333-eu-west-1"),
    security: resources("security-test"),
  };
};

test("repositories without a policy and a registry without replication are looked at", () => {
  expect(settingsOf({ web: {}, api: shared, "web-api": {} })).toEqual({
    compute: {
      repositories: [
        { id: "web", name: "acme-test-web" },
        { id: "web-api", name: "acme-test-web-api" },
      ],
      replication: false,
      registryPolicy: false,
    },
    registry: { repositories: [], replication: true, registryPolicy: true },
    security: { repositories: [], replication: false, registryPolicy: false },
  });
  expect(settingsOf({ web: replicated }).registry.replication).toBe(false);
});

test("a replica without a policy is looked at in its Region", () => {
  const stacks = synth(only({ ...minimal, ecr: { repositories: { web: replicated } } }));

  expect(undeclaredSettings(stacks["replicas-test"]?.["resource"]).repositories).toEqual([
    { id: "eu-central-1_web", name: "acme-test-web", region: "eu-central-1" },
  ]);
});

test("what a plan removes is not made by hand", () => {
  const settings = {
    repositories: [
      { id: "gone", name: "myproject-dev-gone" },
      { id: "web", name: "myproject-dev-web" },
    ],
    replication: true,
    registryPolicy: true,
  };
  const removed = (address: string) => {
    const change = realChange(address, weakeningPlan);
    return { ...change, change: { ...change.change, actions: ["delete"], after: null } };
  };
  const plan = planOf(
    removed("aws_ecr_repository_policy.gone"),
    removed("aws_ecr_replication_configuration.replication"),
    removed("aws_ecr_registry_policy.policy"),
  );

  expect(withoutPlanned(settings, plan)).toEqual({
    repositories: [{ id: "web", name: "myproject-dev-web" }],
    replication: false,
    registryPolicy: false,
  });
  expect(withoutPlanned(settings, planOf())).toEqual(settings);
});

test("each setting is named, with who gets what and how to remove it", () => {
  const open = JSON.stringify({ Statement: { Effect: "Allow", Principal: "*", Action: "ecr:*" } });
  const lambda = JSON.stringify({
    Statement: [
      { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "ecr:BatchGetImage" },
    ],
  });

  const lines = handMadeSettings(
    {
      repositoryPolicies: new Map([
        ["myproject-dev-api", open],
        ["myproject-dev-web", lambda],
      ]),
      destinations: [{ registryId: "999999999999", region: "eu-west-1" }],
      registryPolicy: open,
    },
    where,
  );

  expect(lines).toMatchInlineSnapshot(`
    [
      "myproject-dev-api has a repository policy that environments/dev.ts does not declare (everyone gains ecr:*); declare it, or remove it with aws ecr delete-repository-policy --repository-name myproject-dev-api --region us-east-1",
      "myproject-dev-web has a repository policy that environments/dev.ts does not declare; declare it, or remove it with aws ecr delete-repository-policy --repository-name myproject-dev-web --region us-east-1",
      "the registry replicates to 999999999999 in eu-west-1, and no file declares it; declare it, or remove it with aws ecr put-replication-configuration --replication-configuration '{"rules":[]}' --region us-east-1",
      "the registry has a policy that no file declares (everyone gains ecr:*); declare it, or remove it with aws ecr delete-registry-policy --region us-east-1",
    ]
  `);
  expect(
    handMadeSettings({ repositoryPolicies: new Map(), destinations: [], registryPolicy: undefined }, where),
  ).toEqual([]);
});

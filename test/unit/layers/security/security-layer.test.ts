import { Testing } from "cdktf";
import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import type { Environment } from "../../../../environments/plan/environment";
import { literalEnvironment } from "../../../../environments/plan/literal-environment";
import { SecurityLayer } from "../../../../layers/security/security-layer";
import { minimal, only } from "../../../support/environments/minimal";
import { bareApp, type StackJson, synth } from "../../../support/synth";

const security = (change: Partial<EnvironmentInput>): StackJson =>
  synth(only({ ...minimal, ...change }))["security-test"] ?? {};

const secrets = { "db-password": {}, "docker-hub": { pullThroughCache: true } } as const;

/** The Sids of the policy of the secrets key; `undefined` where there is no such key. */
function secretsKeySids(json: StackJson): string[] | undefined {
  const keys = Object.entries<{ policy: { Statement: { Sid: string }[] } }>(json["resource"].aws_kms_key);
  return keys.find(([id]) => id === "secrets")?.[1].policy.Statement.map(({ Sid }) => Sid);
}

test("there is a key for secrets exactly where something needs it, usable by that alone", () => {
  expect(secretsKeySids(security({}))).toBeUndefined();
  expect(secretsKeySids(security({ ecs: {} }))).toBeUndefined();
  expect(secretsKeySids(security({ security: { secrets } }))).toEqual([
    "Administration",
    "UseThroughSecretsManager",
    "Reading",
  ]);
});

test("the key for secrets serves functions and a cluster where there are such", () => {
  const [environment] = loadEnvironments(only(minimal));
  const sidsWith = (change: object) => {
    const layer = new SecurityLayer(
      bareApp(),
      literalEnvironment({ ...environment, ...change } as Environment),
    );
    return [...Testing.synth(layer).matchAll(/UseThrough(?:SecretsManager|Lambda|Eks)/g)].map(([sid]) => sid);
  };

  expect(sidsWith({ lambda: { functions: {} } })).toEqual(["UseThroughSecretsManager", "UseThroughLambda"]);
  expect(sidsWith({ eks: { deployments: {} } })).toEqual(["UseThroughSecretsManager", "UseThroughEks"]);
});

test("secrets are called as AWS demands, each encrypted by the key that its reader can use", () => {
  const json = security({ security: { secrets } });

  expect(
    Object.values<Record<string, unknown>>(json["resource"].aws_secretsmanager_secret).map((secret) => [
      secret["name"],
      secret["description"],
      secret["kms_key_id"],
    ]),
  ).toEqual([
    ["acme-test/db-password", "db-password of acme test", "${aws_kms_key.secrets.arn}"],
    ["ecr-pullthroughcache/acme-test-docker-hub", "docker-hub of acme test", undefined],
  ]);
});

test("the ARNs of secrets are published by their names in the file", () => {
  const { secret_arns: arns } = security({ security: { secrets } })["output"];

  expect(Object.keys(arns.value)).toEqual(["db-password", "docker-hub"]);
  for (const arn of Object.values(arns.value))
    expect(arn).toMatch(/^\$\{aws_secretsmanager_secret\.(?:db-password|docker-hub)\.arn\}$/);
});

test("keys and secrets are protected from destruction together", () => {
  for (const deletionProtection of [true, false]) {
    const { aws_kms_key: keys, aws_secretsmanager_secret: all } = security({
      deletionProtection,
      security: { secrets },
    })["resource"];
    const lifecycles = Object.values<{ lifecycle: object }>({ ...keys, ...all }).map((one) => one.lifecycle);

    expect(lifecycles).toEqual(Array(5).fill({ prevent_destroy: deletionProtection }));
  }
});

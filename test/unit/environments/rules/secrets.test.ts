import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import { secretName } from "../../../../environments/naming";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import { messageOf } from "../../../support/environments/load-message";
import { minimal, only } from "../../../support/environments/minimal";

type Secrets = NonNullable<NonNullable<EnvironmentInput["security"]>["secrets"]>;

const having = (secrets: Secrets, change: Partial<EnvironmentInput> = {}) =>
  only({ ...minimal, ...change, security: { secrets } });

const production = { tier: "production", ecr: { encryptionType: "KMS" } } as const;

test("a secret needs nothing but a name", () => {
  const [environment] = loadEnvironments(having({ "db-password": {} }));

  expect(environment?.security.secrets).toEqual({
    "db-password": { recoveryWindowInDays: 30, pullThroughCache: false },
  });
});

test("a secret is called after project and environment, and as ECR wants for a pull-through cache", () => {
  expect(secretName(minimal, "db-password", { pullThroughCache: false })).toBe("acme-test/db-password");
  expect(secretName(minimal, "docker-hub", { pullThroughCache: true })).toBe(
    "ecr-pullthroughcache/acme-test-docker-hub",
  );
});

test("fails when the name of a secret is none", () => {
  const definitions = having({ "db/password": {}, "-key": {}, ["k".repeat(129)]: {} });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: security.secrets["db/password"]: found "db/password"; a secret name has 1 to 128 letters, digits and _.-, and starts and ends with a letter or digit; use a name such as db-password
    environments/test.ts: security.secrets["-key"]: found "-key"; a secret name has 1 to 128 letters, digits and _.-, and starts and ends with a letter or digit; use a name such as db-password
    environments/test.ts: security.secrets.kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk: found "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk…; a secret name has 1 to 128 letters, digits and _.-, and starts and ends with a letter or digit; use a name such as db-password]
  `);
});

test("fails when the name of a secret looks like the end of an ARN", () => {
  const definitions = having({ "db-passwd": {}, "db-password": {}, abcdef: {} });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: security.secrets["db-passwd"]: found "db-passwd"; Secrets Manager cannot distinguish a name that ends with a hyphen and six letters or digits from a partial ARN; rename it]`,
  );
});

test("fails when a secret has a value, a wrong window or a long description", () => {
  const definitions = having({
    token: { value: "hunter2", recoveryWindowInDays: 6, description: "d".repeat(2049) } as never,
    key: { recoveryWindowInDays: 31 },
    pin: { recoveryWindowInDays: 1.5 },
  });

  expect(messageOf(definitions).replaceAll(/d{100,}/g, "ddd")).toMatchInlineSnapshot(`
    "environments/test.ts: security.secrets.token.description: found "ddd…; a description has 1 to 2048 characters; describe what the secret is for
    environments/test.ts: security.secrets.token.recoveryWindowInDays: found 6; Secrets Manager keeps a deleted secret for 7 to 30 days, or deletes it immediately with 0; use a whole number
    environments/test.ts: security.secrets.token.value: found "hunter2"; this option does not exist; choose from description, recoveryWindowInDays, pullThroughCache
    environments/test.ts: security.secrets.key.recoveryWindowInDays: found 31; Secrets Manager keeps a deleted secret for 7 to 30 days, or deletes it immediately with 0; use a whole number
    environments/test.ts: security.secrets.pin.recoveryWindowInDays: found 1.5; Secrets Manager keeps a deleted secret for 7 to 30 days, or deletes it immediately with 0; use a whole number"
  `);
});

test("fails when production gives up a deleted secret at once", () => {
  const definitions = having({ token: { recoveryWindowInDays: 0 } }, production);

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: security.secrets.token.recoveryWindowInDays: found 0; a deleted production secret must be recoverable; set 7 to 30 days, or state the reason in productionExceptions with rule: "recoverable-secrets"]`,
  );
});

test("development gives up a deleted secret at once, and production with a reason", () => {
  const gone = { token: { recoveryWindowInDays: 0 } };
  const exception = { rule: "recoverable-secrets", reason: "The tests make it anew each night." } as const;

  expect(loadEnvironments(having(gone))).toHaveLength(1);
  expect(loadEnvironments(having(gone, { ...production, productionExceptions: [exception] }))).toHaveLength(
    1,
  );
});

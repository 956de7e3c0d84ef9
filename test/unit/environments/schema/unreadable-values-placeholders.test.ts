import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import { unreadableValues } from "../../../../environments/schema/unreadable-values";
import { problemsIn } from "../../../support/environments/load-message";
import { minimal, only } from "../../../support/environments/minimal";
import { withRepository } from "../../../support/environments/one-repository";
import { withService } from "../../../support/environments/one-service";

test("fails when the guide's placeholder was not filled in, at whatever depth", () => {
  const definitions = withRepository(
    {
      enableReplication: true,
      replicationDestinations: [{ region: "us-west-2", registryId: "YOUR_ACCOUNT_ID" }],
    },
    { accountId: "YOUR_ACCOUNT_ID" },
  );

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: accountId: found "YOUR_ACCOUNT_ID"; this is a placeholder; replace it with the real value
    environments/test.ts: ecr.repositories.app.replicationDestinations[0].registryId: found "YOUR_ACCOUNT_ID"; this is a placeholder; replace it with the real value]
  `);
});

test("fails when a placeholder stands where any text is allowed", () => {
  const definitions = only({ ...minimal, tags: { CostCenter: "TODO" } });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: tags.CostCenter: found "TODO"; this is a placeholder; replace it with the real value]`,
  );
});

test("fails when a placeholder stands inside a value, and not with what the value breaks", () => {
  const kmsKeyArn = "arn:aws:kms:eu-west-1:YOUR_ACCOUNT_ID:key/abc";
  const definitions = only({ ...minimal, ecr: { encryptionType: "KMS", kmsKeyArn } });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.kmsKeyArn: found "arn:aws:kms:eu-west-1:YOUR_ACCOUNT_ID:key/abc"; this is a placeholder; replace it with the real value]`,
  );
});

test.each([
  "YOUR_ACCOUNT_ID",
  "YOUR-BUCKET",
  "acme-YOUR_BUCKET-tfstate",
  "arn:aws:iam::YOUR_ACCOUNT_ID:role/deploy",
  "<account>",
  "${ACCOUNT_ID}",
  "CHANGE_ME",
  "CHANGEME",
  "acme-CHANGE_ME",
  "REPLACE_ME",
  "REPLACE-ME/app",
  "TODO",
  "FIXME",
  "TBD",
  "XXX",
  "XXXX",
  "xxx",
  " TODO ",
])("%j is a placeholder", (text) => {
  const problems = unreadableValues({ a: [text] });

  expect(problems).toEqual([
    { path: ["a", 0], found: text, advice: "this is a placeholder; replace it with the real value" },
  ]);
});

test.each([
  "yours",
  "your-bucket",
  "acme",
  "exchange-medium",
  "changeme",
  "replace_me",
  "Replaced by the new pipeline in June",
  "a<b>c",
  "${aws:ResourceTag/team}",
  "prefix-${ACCOUNT_ID}",
  "xx",
  "XX",
  "Xxx",
  "todo",
  "todo-app",
  "TODO-app",
  "us-east-1",
  "",
])("%j is no placeholder", (text) => {
  const problems = unreadableValues({ a: [text] });

  expect(problems).toEqual([]);
});

const inService = (environment: Record<string, string>) =>
  problemsIn(withService({ environment, healthCheckCommand: ["CMD-SHELL", ...Object.values(environment)] }));

test.each(["<p>Hello</p>", "<a b>", "${HOME}", "xxxx", "XXX", "TODO", "TBD"])(
  "%j is legal in a variable and in a command",
  (text) => {
    expect(inService({ GREETING: text })).toEqual([]);
  },
);

test.each(["<host>", "<host-name>", "YOUR_HOST", "https://YOUR-HOST/", "CHANGE_ME"])(
  "%j is a placeholder in a variable and in a command, too",
  (text) => {
    expect(inService({ GREETING: text })).toEqual(
      ["environment.GREETING", "healthCheckCommand[1]"].map(
        (path) =>
          `environments/test.ts: ecs.services.web.${path}: found "${text}"; this is a placeholder; replace it with the real value`,
      ),
    );
  },
);

test("texts of a function and the description of a secret are looked at in the same way", () => {
  const image = { repository: "app", tag: "v1" };
  const texts = {
    description: "TODO",
    command: ["${HOME}"],
    entryPoint: ["xxx"],
    environment: { GREETING: "<i>a</i>" },
  };
  const definitions = withRepository(
    { enableLambdaPull: true },
    {
      lambda: { functions: { resize: { image, ...texts } } },
      security: { secrets: { token: { description: "TBD" } } },
    },
  );

  expect(problemsIn(definitions)).toEqual([]);
});

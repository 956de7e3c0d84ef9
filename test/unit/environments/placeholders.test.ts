import { expect, test } from "vitest";
import { loadEnvironments } from "../../../environments/load";
import { placeholdersIn } from "../../../environments/placeholders";
import { minimal, only } from "../../synth";
import { withRepository } from "./one-repository";

test("fails when the guide's placeholder was not filled in, at whatever depth", () => {
  const definitions = withRepository(
    {
      enableReplication: true,
      replicationDestinations: [{ region: "us-west-2", registryId: "YOUR_ACCOUNT_ID" }],
    },
    { accountId: "YOUR_ACCOUNT_ID" },
  );

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: accountId: found "YOUR_ACCOUNT_ID"; this is a placeholder; write the real value
    environments/test.ts: ecr.repositories.app.replicationDestinations[0].registryId: found "YOUR_ACCOUNT_ID"; this is a placeholder; write the real value]
  `);
});

test("fails when a placeholder stands where any text is allowed", () => {
  const definitions = only({ ...minimal, tags: { CostCenter: "TODO" } });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: tags.CostCenter: found "TODO"; this is a placeholder; write the real value]`,
  );
});

test.each([
  "YOUR_ACCOUNT_ID",
  "your-bucket",
  "<account>",
  "CHANGE_ME",
  "changeme",
  "REPLACE_ME",
  "todo",
  "FIXME",
  "TBD",
  "XXXX",
  " TODO ",
])("%j is a placeholder", (text) => {
  const findings = placeholdersIn({ a: [text] });

  expect(findings).toEqual([
    { path: ["a", 0], found: text, advice: "this is a placeholder; write the real value" },
  ]);
});

test.each(["yours", "acme", "exchange-medium", "a<b>c", "xx", "todo-app", "us-east-1", ""])(
  "%j is no placeholder",
  (text) => {
    const findings = placeholdersIn({ a: [text] });

    expect(findings).toEqual([]);
  },
);

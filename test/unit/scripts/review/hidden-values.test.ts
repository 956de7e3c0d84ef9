import fc from "fast-check";
import { expect, test } from "vitest";
import { withoutSecrets } from "../../../../scripts/review/hidden-values";
import { renderReview, reviewPlan } from "../../../../scripts/review/plan-review";
import { readPlan } from "../../../../scripts/review/read-plan";
import { asMarkdown } from "../../../../scripts/review/report/as-markdown";
import { asText } from "../../../../scripts/review/report/as-text";
import { reportOnPlans } from "../../../../scripts/review/report/plans";
import { effectOf, type TerraformPlan } from "../../../../scripts/review/terraform-plan";
import { runs } from "../../../support/property-runs";
import { planWithSecrets } from "../../../support/review/random-plan";
import { planOf, realChange, reviewContext } from "../../../support/review/real-plan";

const reportOf = (plan: TerraformPlan) =>
  reportOnPlans(
    [
      {
        ...{ stack: "compute-dev", plan, context: reviewContext },
        ...{ repositories: [], waits: [], blocks: [] },
      },
    ],
    { base: "deployed", head: "work" },
  );

test("no format shows what is sensitive or looks like a secret", () => {
  fc.assert(
    fc.property(planWithSecrets, ({ plan, secrets }) => {
      const read = readPlan(JSON.stringify(plan));
      const report = reportOf(read);
      const shown = [
        ...[asText(report), asMarkdown(report), JSON.stringify(report), JSON.stringify(read)],
        renderReview("compute-dev", reviewPlan(read, reviewContext)),
      ].join("\n");

      expect(secrets.filter((secret) => shown.includes(secret))).toEqual([]);
    }),
    { numRuns: runs(600) },
  );
});

test("what is hidden still counts as a change", () => {
  fc.assert(
    fc.property(planWithSecrets, ({ plan }) => {
      const effects = (of: TerraformPlan) => of.resource_changes?.map(effectOf);

      expect(effects(readPlan(JSON.stringify(plan)))).toEqual(effects(plan));
    }),
    { numRuns: runs(50) },
  );
});

test("a sensitive name is replaced by the address, and a changed secret is an update", () => {
  const original = realChange("aws_ecr_repository.name_change");
  const change = {
    ...original,
    change: {
      ...{ actions: ["update"], after_unknown: {}, before_sensitive: { name: true }, after_sensitive: {} },
      before: { name: "first", note: `ghp_${"a".repeat(36)}` },
      after: { name: "second", note: `ghp_${"b".repeat(36)}` },
    },
  };
  const [stack] = reportOf(readPlan(JSON.stringify(planOf(change)))).stacks;

  expect(stack?.changes.map(({ name, attributes }) => [name, attributes.map(({ text }) => text)])).toEqual([
    [
      "aws_ecr_repository.name_change",
      ["name: (sensitive value) -> (sensitive value)", "note: (hidden 2) -> (hidden 4)"],
    ],
  ]);
});

const token = `ghp_${"a".repeat(36)}`;

test("a key that looks like a secret is hidden: in values, marks and paths, and in what replaces a resource", () => {
  const original = realChange("aws_ecr_repository.name_change");
  const change = {
    ...original,
    address: `aws_instance.web["${token}"]`,
    change: {
      ...{
        actions: ["delete", "create"],
        before: { tags: { [token]: "a" } },
        after: { tags: { [token]: "b" } },
      },
      ...{ after_unknown: { tags: { [token]: true } }, after_sensitive: {} },
      ...{ before_sensitive: { tags: { [token]: false } }, replace_paths: [["tags", token]] },
    },
  };
  const read = readPlan(JSON.stringify(planOf(change)));
  const [changed] = read.resource_changes ?? [];

  expect(JSON.stringify(read)).not.toContain(token);
  expect(changed?.change).toMatchObject({
    before: { tags: { "(hidden 1)": "a" } },
    after_unknown: { tags: { "(hidden 1)": true } },
    replace_paths: [["tags", "(hidden 1)"]],
  });
});

test("a part of what is sensitive shows no key", () => {
  const original = realChange("aws_ecr_repository.name_change");
  const change = {
    ...original,
    change: {
      ...{ actions: ["delete", "create"], before: { data: { visible: 1 } }, after: { data: null } },
      ...{ after_unknown: { data: { visible: true }, list: [{ visible: true }] } },
      ...{ before_sensitive: { data: true }, after_sensitive: { list: [true] } },
      replace_paths: [
        ["data", "visible"],
        ["list", 0, "visible"],
      ],
    },
  };
  const [changed] = readPlan(JSON.stringify(planOf(change))).resource_changes ?? [];

  expect(JSON.stringify(changed?.change)).not.toContain("visible");
  expect(changed?.change).toMatchObject({
    after_unknown: { data: true, list: [true] },
    replace_paths: [["data"], ["list", 0]],
  });
});

test.each<[string, unknown]>([
  [
    "a variable of a container",
    JSON.stringify([{ environment: [{ name: "DB_PASSWORD", value: "hunter2" }] }]),
  ],
  ["a key in a document", JSON.stringify({ database: { password: "hunter2" } })],
  ["a list", { password: ["hunter2"] }],
  ["a pair", [{ name: "api_key", value: "hunter2" }]],
  ["a connection string", "Server=db;Password=hunter2;"],
  ["a script", "export DB_PASSWORD=hunter2"],
  ["the arguments of a command", ["psql", "--password", "hunter2"]],
  ["the command of a container", JSON.stringify([{ command: ["run", "--api-key", "hunter2", "--verbose"] }])],
  ["a flag of a command", ["curl", "--oauth-token=hunter2"]],
  ["a command in one text", JSON.stringify([{ command: ["sh", "-c", 'mysql --db-password "hunter2" app'] }])],
  ["a flag with one hyphen", ["-token", "hunter2"]],
  ["a query", "https://example.com/hook?token=hunter2&verbose=1"],
  ["a variable without a separator", [{ name: "PGPASSWORD", value: "hunter2" }]],
  ["a key in camel case", JSON.stringify({ dbPassword: "hunter2", githubApiKey: "hunter2" })],
  ["the token of another issuer", [{ name: "DEPLOY_TOKEN", value: "hunter2" }]],
])("a password in %s is hidden, and its change is shown", (_, value) => {
  const change = {
    ...realChange("aws_ecr_repository.name_change"),
    change: {
      ...{ actions: ["update"], after_unknown: {}, before_sensitive: {}, after_sensitive: {} },
      before: { text: value },
      after: { text: JSON.parse(JSON.stringify(value).replace("hunter2", "hunter3")) },
    },
  };
  const read = readPlan(JSON.stringify(planOf(change)));

  expect(JSON.stringify(read)).not.toMatch(/hunter/);
  expect(asText(reportOf(read))).toMatch(/hidden 1\).*hidden 2\)/);
});

test("a command stays readable around its secrets", () => {
  const command = [
    ...["docker", "login", "--password-stdin", "--username", "AWS", "--token-file", "/run/token"],
    ...["--secret=arn:aws:secretsmanager:eu-west-1:123456789012:secret:db", "--verbose"],
  ];

  expect(withoutSecrets({ command, text: command.join(" ") })).toEqual({ command, text: command.join(" ") });
  expect(withoutSecrets(["run", "--password", "hunter2", "--verbose"])).toEqual([
    ...["run", "--password", "(hidden 1)", "--verbose"],
  ]);
  expect(withoutSecrets("run --password hunter2 --verbose")).toBe("run --password (hidden 1) --verbose");
});

test("a number under the name of a secret is one; what refers to a secret is none", () => {
  const values = { pin: { password: 1234 }, secrets: [{ name: "DB_PASSWORD", valueFrom: "arn:aws:ssm:x" }] };

  expect(withoutSecrets(values)).toEqual({ ...values, pin: { password: "(hidden 1)" } });
  expect(withoutSecrets({ names_token: { length: 7 }, api_token: null })).toEqual({
    ...{ names_token: { length: 7 }, api_token: null },
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { definitions } from "../../../../environments/all";
import { renderProblems } from "../../../../environments/schema/problem";
import { answerProblems } from "../../../../scripts/init/answer-problems";
import { type Answers, flags } from "../../../../scripts/init/answers";
import { surroundingsOf } from "../../../../scripts/init/surroundings";
import { runs } from "../../../support/property-runs";
import { validAnswers } from "./valid-answers";

const alone = { definitions: {}, exists: () => false };
const shop: Answers = {
  ...{ project: "shop", name: "staging", tier: "development" },
  ...{ accountId: "123456789012", region: "eu-west-1", repositories: ["web-app"] },
};

describe("answers", () => {
  test("valid ones have no problem", () => {
    fc.assert(
      fc.property(validAnswers, (answers) => {
        expect(answerProblems(answers, alone)).toEqual([]);
      }),
      { numRuns: runs(500) },
    );
  });

  test("they fit beside the shipped environments", () => {
    expect(answerProblems(shop, { definitions, exists: () => false })).toEqual([]);
  });

  test.each([
    ["the same account and Region as dev", { accountId: "123456789012", region: "us-east-1" }],
    ["the Region of a replica of prod", { accountId: "987654321098", region: "us-west-2" }],
    ["the bucket of dev", { bucket: "myproject-dev-tfstate-123456789012" }],
  ])("with %s, the state is in the same bucket, which is not created twice", (_, given) => {
    const answers = { ...shop, ...given };

    expect(answerProblems(answers, { definitions, exists: () => false })).toEqual([]);
    expect(surroundingsOf(answers, definitions)).toMatchObject({ state: { createBucket: false } });
  });

  test("another bucket than that of the shared registry is refused", () => {
    const answers = { ...shop, region: "us-east-1", bucket: "another-bucket" };

    expect(answerProblems(answers, { definitions, exists: () => false })).toMatchObject([
      { file: "--bucket", path: ["state"] },
    ]);
  });

  test("an invalid one is reported at its flag, whatever it is", () => {
    const text = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.constantFrom("__proto__", "../x", "a\n", "a\u2028"),
    );
    const fields = fc.constantFrom("project", "name", "tier", "accountId", "region", "bucket");
    const isInvalid = (value: string) => !/^[a-z0-9-]*$/.test(value) || value === "";
    fc.assert(
      fc.property(fields, text.filter(isInvalid), (field, value) => {
        const found = answerProblems({ ...shop, [field]: value }, alone);
        expect(found.map(({ file }) => file)).toContain(flags[field as keyof typeof flags]);
        expect(found.find(({ file }) => file === flags[field as keyof typeof flags])?.advice).toMatch(/; /);
      }),
      { numRuns: runs(500) },
    );
  });

  test("all problems are reported at once", () => {
    const wrong = {
      ...{ project: "Shop", name: "Staging", tier: "prod", accountId: "12", region: "eu-west-9" },
      repositories: ["web", "web", "Web App"],
    };

    expect(renderProblems(answerProblems(wrong, alone))).toMatchInlineSnapshot(`
      "--repositories: ecr.repositories.web: found "web"; this repository is listed twice; remove it here
      --name: name: found "Staging"; an environment name has 1 to 20 lowercase letters and digits, with single hyphens between them; use a name such as dev
      --project: project: found "Shop"; a project name has 1 to 30 lowercase letters and digits, with single hyphens between them, and does not start with sg-, which AWS rejects in security group names; use a name such as myproject
      --account: accountId: found "12"; an AWS account ID is a string of 12 digits; use the ID of your account, for example "123456789012"
      --region: region: found "eu-west-9"; this must be an AWS Region code; did you mean "eu-west-1"?
      --tier: tier: found "prod"; this must be one of development, production; choose one"
    `);
  });

  test("a file that exists is refused, with the other problems", () => {
    const taken = { definitions, exists: (path: string) => path === "environments/dev.ts" };
    const problems = answerProblems({ ...shop, name: "dev", region: "" }, taken);

    expect(problems.map(({ file, path }) => [file, path])).toEqual([
      ["--name", ["name"]],
      ["--region", ["region"]],
    ]);
    expect(problems[0]?.advice).toContain("environments/dev.ts exists, and is not overwritten");
  });

  test("a bucket name that is too long asks for another one", () => {
    const long = { ...shop, project: "p".repeat(30), name: "n".repeat(20) };

    expect(answerProblems(long, alone).map(({ file }) => file)).toEqual(["--bucket"]);
    expect(answerProblems({ ...long, bucket: "short-bucket" }, alone)).toEqual([]);
  });
});

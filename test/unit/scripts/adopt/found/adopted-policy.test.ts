import { expect, test } from "vitest";
import { adoptedPolicy } from "../../../../../scripts/adopt/found/adopted-policy";
import { type Note, noteLine } from "../../../../../scripts/adopt/note";

const statement = (Resource?: unknown) => ({
  ...{ Sid: "Pull", Effect: "Allow", Principal: "*", Action: "ecr:BatchGetImage" },
  ...(Resource !== undefined && { Resource }),
});

function adopt(policy: unknown, registry = { accountId: "111122223333", region: "eu-west-1" }) {
  const notes: Note[] = [];
  const found = { name: "team/app", policy: typeof policy === "string" ? policy : JSON.stringify(policy) };
  return { policy: adoptedPolicy(found, registry, notes), notes: notes.map(noteLine) };
}

const document = (...statements: object[]) => ({ Version: "2012-10-17", Id: "x", Statement: statements });

test("a policy without Resource stays as it is, whatever it is", () => {
  for (const policy of [document(statement()), { Statement: statement() }, [], 1, null])
    expect(adopt(policy)).toEqual({ policy, notes: [] });
  expect(adopt("no JSON")).toEqual({ policy: "no JSON", notes: [] });
});

test.each([
  "*",
  ["*"],
  "arn:aws:ecr:eu-west-1:111122223333:repository/team/app",
  ["arn:aws:ecr:eu-west-1:111122223333:repository/x", "arn:aws:ecr:*:*:repository/team/*"],
])("the Resource %j means nothing, and is left out", (resource) => {
  const { policy, notes } = adopt(document(statement(resource)));

  expect(policy).toEqual(document(statement()));
  expect(notes.join()).toContain("loss: team/app: policy statement Pull: found ");
});

test.each([
  "arn:aws:ecr:eu-west-1:111122223333:repository/other",
  "arn:aws:ecr:us-east-1:111122223333:repository/team/app",
  "arn:aws:s3:::bucket",
])("a statement for %s has never applied, and is left out", (resource) => {
  const { policy, notes } = adopt(document(statement(), statement(resource)));

  expect(policy).toEqual(document(statement()));
  expect(notes.join()).toContain("the statement has never applied");
  expect(adopt(document(statement(resource))).policy).toBeUndefined();
});

test("one statement without brackets keeps its form, and an unknown account fits", () => {
  const arn = "arn:aws:ecr:eu-west-1:111122223333:repository/team/app";
  const unknown = { accountId: undefined, region: undefined } as never;

  expect(adopt({ Statement: statement(arn) }, unknown).policy).toEqual({ Statement: statement() });
});

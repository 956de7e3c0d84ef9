import { expect, test } from "vitest";
import { EcrOptions } from "../../../../environments/options/ecr";
import { unreadableValues } from "../../../../environments/schema/unreadable-values";
import { problemsIn } from "../../../support/environments/load-message";
import { minimal, only } from "../../../support/environments/minimal";

test("values at any depth are looked at, each at its path", () => {
  const shared = { a: "TODO" };

  const paths = unreadableValues({ list: [shared, shared], TODO: null, deep: { b: ["x", "TBD"] } }).map(
    ({ path }) => path,
  );

  expect(paths).toEqual([
    ["list", 0, "a"],
    ["list", 1, "a"],
    ["deep", "b", 1],
  ]);
});

test("fails with one line when an object holds itself", () => {
  const circle: Record<string, unknown> = {};
  circle["self"] = circle;

  expect(problemsIn(only({ ...minimal, ecr: circle as never }))).toEqual([
    `environments/test.ts: ecr.self: found {"self":"[Circular]"}; this option does not exist; choose from ${Object.keys(EcrOptions.shape).join(", ")}`,
  ]);
});

test("fails with all problems when a number is written as a big integer", () => {
  expect(problemsIn(only({ ...minimal, accountId: 123456789012n as never, tier: "prod" as never }))).toEqual([
    'environments/test.ts: accountId: found 123456789012n; an AWS account ID is a string of 12 digits; use the ID of your account, for example "123456789012"',
    'environments/test.ts: tier: found "prod"; this must be one of development, production; choose one',
  ]);
});

test("fails with one line each when values cannot be read, are nested too deeply or are in a prototype", () => {
  let deep: object = {};
  for (let level = 0; level < 20_000; level++) deep = { inner: deep };
  const repositories = {
    get app() {
      throw new Error("no network");
    },
    web: { protectedTags: deep },
    api: { __proto__: { scanOnPush: false } },
  };

  expect(problemsIn(only({ ...minimal, ecr: { repositories: repositories as never } }))).toEqual([
    "environments/test.ts: ecr.repositories.app: found nothing; reading this failed (Error: no network); write the value itself",
    "environments/test.ts: ecr.repositories.web.protectedTags: found nothing; this is nested more than 100 levels deep; remove the nesting",
    "environments/test.ts: ecr.repositories.api: found nothing; this object has a prototype with properties, which no option reads; write them in the object itself, not under __proto__",
  ]);
});

test("fails when a lifecycle policy has a key twice", () => {
  const lifecyclePolicy =
    '{"rules":[{"rulePriority":1,"selection":{"tagStatus":"any","countType":"imageCountMoreThan","countNumber":1000,"countNumber":1},"action":{"type":"expire"}}]}';

  expect(problemsIn(only({ ...minimal, ecr: { repositories: { app: { lifecyclePolicy } } } }))).toEqual([
    'environments/test.ts: ecr.repositories.app.lifecyclePolicy.rules[0].selection.countNumber: found "countNumber"; this key appears twice in one object, and only the last would count; remove one',
  ]);
});

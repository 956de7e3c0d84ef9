import { expect, test } from "vitest";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import { shardNumber } from "../../../../environments/plan/shards";
import { problemsIn } from "../../../support/environments/load-message";
import { minimal, only } from "../../../support/environments/minimal";

type Repositories = NonNullable<NonNullable<EnvironmentInput["ecr"]>["repositories"]>;

const problemsWith = (repositories: Repositories, more: Partial<EnvironmentInput> = {}) =>
  problemsIn(only({ ...minimal, ...more, ecr: { ...more.ecr, repositories } }));

test("a repository can have a new short name if its full name stays", () => {
  expect(problemsWith({ web: { renamedFrom: "app", name: "acme-test-app" } })).toEqual([]);
  expect(problemsWith({ web: { renamedFrom: "app", name: "team/app" } })).toEqual([]);
});

test("fails when ECR would have to rename the repository, and says which name to keep", () => {
  const naming = { repository: "{project}/{name}" };

  expect([
    ...problemsWith({ web: { renamedFrom: "app" } }),
    ...problemsWith({ web: { renamedFrom: "app" } }, { naming }),
    ...problemsIn(only({ ...minimal, ecr: { publicRepositories: { tool: { renamedFrom: "cli" } } } })),
  ]).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecr.repositories.web.renamedFrom: found "app"; ECR cannot rename a repository, and its full name would change from acme-test-app to acme-test-web; keep it: add name: "acme-test-app"",
      "environments/test.ts: ecr.repositories.web.renamedFrom: found "app"; ECR cannot rename a repository, and its full name would change from acme/app to acme/web; keep it: add name: "acme/app"",
      "environments/test.ts: ecr.publicRepositories.tool.renamedFrom: found "cli"; ECR cannot rename a repository, and its full name would change from acme-test-cli to acme-test-tool; keep it: add name: "acme-test-cli"",
    ]
  `);
});

test("fails when the former name is no former name", () => {
  expect(
    problemsWith({
      web: { renamedFrom: "web", name: "acme-test-web" },
      api: { renamedFrom: "web", name: "acme-test-old" },
      jobs: { renamedFrom: "app", name: "acme-test-app" },
      mail: { renamedFrom: "app", name: "acme-test-mail" },
      tool: { renamedFrom: "", name: "acme-test-tool" },
    }),
  ).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecr.repositories.tool.renamedFrom: found ""; this must be the short name that the repository had before; use a string",
      "environments/test.ts: ecr.repositories.web.renamedFrom: found "web"; this is its short name now; use the one that it had, or remove the option",
      "environments/test.ts: ecr.repositories.api.renamedFrom: found "web"; the file has a repository "web", so nothing was renamed from it; use the short name that this repository had",
      "environments/test.ts: ecr.repositories.mail.renamedFrom: found "app"; "jobs" was renamed from it, and only one repository can be; use the short name that this repository had",
    ]
  `);
});

test("private and public repositories have their own names", () => {
  const ecr = {
    repositories: { web: { renamedFrom: "app", name: "acme-test-app" }, cli: {} },
    publicRepositories: { web: { renamedFrom: "cli", name: "acme-test-cli" }, app: {} },
  };

  expect(problemsIn(only({ ...minimal, ecr }))).toEqual([]);
});

test("fails when the new short name belongs to the stack of another shard", () => {
  const stack = shardNumber("app", 3);
  const same = ["a", "b", "c", "d", "e"].find((name) => shardNumber(name, 3) === stack) ?? "";
  const other = ["a", "b", "c", "d", "e"].find((name) => shardNumber(name, 3) !== stack) ?? "";
  const renamed = { renamedFrom: "app", name: "acme-test-app" };
  const sharded = { ecr: { stateShards: 3 } };

  expect(problemsWith({ [same]: renamed }, sharded)).toEqual([]);
  expect(problemsWith({ [other]: renamed }, sharded)).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecr.repositories.b.renamedFrom: found "app"; with stateShards: 3, app is in stack 1 and b in stack 2, and Terraform moves nothing between states; use a short name that stays in stack 1, or keep app",
    ]
  `);
});

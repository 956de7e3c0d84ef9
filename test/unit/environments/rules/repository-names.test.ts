import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import { problemsIn } from "../../../support/environments/load-message";
import { minimal, only } from "../../../support/environments/minimal";

const problemsWith = (change: Partial<EnvironmentInput>) => problemsIn(only({ ...minimal, ...change }));

test.each(["{name}", "{project}/{environment}/{name}", "{environment}.{name}", "team/{name}-{environment}"])(
  "repositories can be called %s",
  (repository) => {
    expect(problemsWith({ naming: { repository }, ecr: { repositories: { web: {} } } })).toEqual([]);
  },
);

test("a repository can have any name that ECR accepts, also one that the pattern could not make", () => {
  const repositories = { web: { name: "1st/team__a/app--x" }, "A b": { name: "team/other" } };

  expect(problemsWith({ ecr: { repositories } })).toEqual([]);
});

test("fails when a pattern makes no name, once for all repositories", () => {
  const repositories = { web: {}, api: {} };
  const problems = ["{project}", "{name}{name}", "{team}/{name}", "Team/{name}", "{name}-", "", 1].flatMap(
    (repository) => problemsWith({ naming: { repository: repository as string }, ecr: { repositories } }),
  );

  expect(problems).toMatchInlineSnapshot(`
    [
      "environments/test.ts: naming.repository: found "{project}"; a pattern contains {name} exactly once, and this one does not; use {project}, {environment}, {name} and lowercase letters, digits and ._-/, for example "{project}/{environment}/{name}"",
      "environments/test.ts: naming.repository: found "{name}{name}"; a pattern contains {name} exactly once, and this one has it 2 times; use {project}, {environment}, {name} and lowercase letters, digits and ._-/, for example "{project}/{environment}/{name}"",
      "environments/test.ts: naming.repository: found "{team}/{name}"; a pattern has no placeholder {team}; use {project}, {environment}, {name} and lowercase letters, digits and ._-/, for example "{project}/{environment}/{name}"",
      "environments/test.ts: naming.repository: found "Team/{name}"; a pattern has other characters than a repository name can have; use {project}, {environment}, {name} and lowercase letters, digits and ._-/, for example "{project}/{environment}/{name}"",
      "environments/test.ts: naming.repository: found "{name}-"; the full name would be "name-", and ECR allows only lowercase letters and digits with single ".", "_", "-" or "/" between them, starting with a letter; change the pattern",
      "environments/test.ts: naming.repository: found ""; a pattern contains {name} exactly once, and this one does not; use {project}, {environment}, {name} and lowercase letters, digits and ._-/, for example "{project}/{environment}/{name}"",
      "environments/test.ts: naming.repository: found 1; this must be a pattern for the names of repositories; use {project}, {environment}, {name} and lowercase letters, digits and ._-/, for example "{project}/{environment}/{name}"",
    ]
  `);
});

test("fails when a name of its own is none that ECR accepts", () => {
  expect(
    problemsWith({
      ecr: {
        repositories: {
          web: { name: "Team/app" },
          api: { name: "a" },
          job: { name: 5 as unknown as string },
        },
        publicRepositories: { cli: { name: "team--cli" } },
      },
    }),
  ).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecr.repositories.web.name: found "Team/app"; no ECR repository can have the name "Team/app"; use the full name without the registry, for example "team/tool"",
      "environments/test.ts: ecr.repositories.api.name: found "a"; a repository name has 2 to 256 characters and "a" has 1; choose a name within these limits",
      "environments/test.ts: ecr.repositories.job.name: found 5; this must be the full name of a repository; use a name such as "team/app"",
      "environments/test.ts: ecr.publicRepositories.cli.name: found "team--cli"; the full name would be "team--cli", and ECR Public allows only lowercase letters and digits with single ".", "_", "-" or "/" between them; rename it",
    ]
  `);
});

test("fails when two repositories of a file have one name", () => {
  expect(
    problemsWith({
      ecr: {
        repositories: { web: { name: "acme-test-api" }, api: {}, a: { name: "x/y" }, b: { name: "x/y" } },
        publicRepositories: { cli: { name: "x/y" }, tool: { name: "x/y" } },
      },
    }),
  ).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecr.repositories.api: found "acme-test-api"; "web" has the same name; choose another one",
      "environments/test.ts: ecr.repositories.b.name: found "x/y"; "a" has the same name; choose another one",
      "environments/test.ts: ecr.publicRepositories.tool.name: found "x/y"; "cli" has the same name; choose another one",
    ]
  `);
});

test("fails when a repository has a name that a cache gives", () => {
  expect(
    problemsWith({
      naming: { repository: "{name}" },
      ecr: { repositories: { web: { name: "quay/web" } }, pullThroughCache: { quay: { upstream: "quay" } } },
    }),
  ).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecr.pullThroughCache.quay: found "quay"; this cache creates its repositories under the name of "web" in ecr.repositories; rename one of the two",
    ]
  `);
});

test("a private and a public repository may have one name", () => {
  const same = { web: { name: "team/web" } };

  expect(
    loadEnvironments(
      only({ ...minimal, region: "us-east-1", ecr: { repositories: same, publicRepositories: same } }),
    ),
  ).toHaveLength(1);
});

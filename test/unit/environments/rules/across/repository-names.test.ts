import { expect, test } from "vitest";
import type { EnvironmentInput } from "../../../../../environments/options/environment";
import { problemsIn } from "../../../../support/environments/load-message";
import { minimal, only } from "../../../../support/environments/minimal";

const both = (one: Partial<EnvironmentInput>, other: Partial<EnvironmentInput>) =>
  problemsIn({ ...only({ ...minimal, ...one }), ...only({ ...minimal, name: "live", ...other }) });

const repositories = { web: {} };

test("environments of one registry may have names that no start has in common", () => {
  const naming = { repository: "{name}" };

  expect(both({ ecr: { repositories: { web: { name: "team/app" } } } }, { ecr: { repositories } })).toEqual(
    [],
  );
  expect(both({ naming, ecr: { repositories } }, { naming, ecr: { repositories: { api: {} } } })).toEqual([]);
});

test("environments of one account may have the same names in different Regions", () => {
  const naming = { repository: "{project}/{name}" };
  const ecr = { repositories };

  expect(both({ naming, ecr }, { naming, ecr, region: "us-east-1" })).toEqual([]);
});

test("fails when environments of one registry have a start in common", () => {
  const naming = { repository: "{project}/{name}" };

  expect(
    both({ naming, ecr: { repositories } }, { naming, ecr: { repositories: { api: {} } } }),
  ).toMatchInlineSnapshot(`
    [
      "environments/live.ts: naming.repository: found "{project}/{name}"; its repository names start with "acme/" like those of environments/test.ts in the same registry, so filters cannot distinguish them; put {environment} before {name}, or rename one",
      "environments/test.ts: naming.repository: found "{project}/{name}"; its repository names start with "acme/" like those of environments/live.ts in the same registry, so filters cannot distinguish them; put {environment} before {name}, or rename one",
    ]
  `);
});

test("fails when a repository has a name of another environment of the registry, or one that starts like them", () => {
  const ecr = { repositories: { web: {}, api: { name: "team/api" } } };
  const taken = { a: { name: "acme-test-x" }, b: { name: "team/api" } };

  expect(both({ ecr }, { ecr: { repositories: taken } })).toMatchInlineSnapshot(`
    [
      "environments/live.ts: ecr.repositories.a.name: found "acme-test-x"; names that start with "acme-test-" belong to environments/test.ts in the same registry, whose roles reach them; choose another name",
      "environments/test.ts: ecr.repositories.api.name: found "team/api"; environments/live.ts has a repository with this name in the same account and Region; rename one",
    ]
  `);
});

test("fails when two environments of the registry have one cache", () => {
  const naming = { repository: "{name}" };
  const ecr = { pullThroughCache: { quay: { upstream: "quay" } } } as const;

  expect(both({ naming, ecr }, { naming, ecr })).toMatchInlineSnapshot(`
    [
      "environments/live.ts: ecr.pullThroughCache.quay: found "quay/"; its repository names start with "quay/" like those of environments/test.ts in the same registry, so filters cannot distinguish them; rename one",
      "environments/test.ts: ecr.pullThroughCache.quay: found "quay/"; its repository names start with "quay/" like those of environments/live.ts in the same registry, so filters cannot distinguish them; rename one",
    ]
  `);
});

test("fails when a replica has a name of an environment in its Region", () => {
  const destination = { enableReplication: true, replicationDestinations: [{ region: "us-east-1" }] };

  expect(
    both(
      { ecr: { repositories: { web: { name: "team/web", ...destination }, api: { name: "team/api" } } } },
      {
        region: "us-east-1",
        ecr: { repositories: { web: { name: "team/web" }, api: { name: "team/api" } } },
      },
    ),
  ).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecr.repositories.web.name: found "team/web"; environments/live.ts has a repository with this name in the same account and Region; rename one",
    ]
  `);
});

test("fails when replicating a name would also replicate that of another environment", () => {
  const destination = { enableReplication: true, replicationDestinations: [{ region: "us-east-1" }] };

  expect(
    both(
      { ecr: { repositories: { web: { name: "team/web", ...destination } } } },
      { ecr: { repositories: { web: { name: "team/web-admin" } } } },
    ),
  ).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecr.repositories.web.replicationDestinations: found [{"region":"us-east-1"}]; replication filters are name prefixes, so replicating "team/web" (environments/test.ts) would also replicate "team/web-admin" (environments/live.ts); give both the same replicationDestinations or rename one of them",
    ]
  `);
});

test("fails when public repositories of one account have one name", () => {
  const publicRepositories = { cli: { name: "team/cli" } };

  expect(
    both({ ecr: { publicRepositories } }, { region: "us-east-1", ecr: { publicRepositories } }),
  ).toMatchInlineSnapshot(`
    [
      "environments/live.ts: ecr.publicRepositories.cli.name: found "team/cli"; environments/test.ts has a repository with this name in the same public registry; rename one",
    ]
  `);
});

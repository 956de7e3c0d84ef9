import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../../environments/load";
import { minimal, only } from "../../../../support/environments/minimal";
import type { RepositoryInput } from "../../../../support/environments/one-repository";

const web = { ...minimal, name: "web" } as const;
const other = { ...minimal, name: "other" } as const;

const account = (index: number) => String(100_000_000_000 + index);

/** Repositories r0000, r0001 and so on, each with the options that its number gives. */
const numbered = (count: number, options: (index: number) => RepositoryInput) =>
  only({
    ...minimal,
    ecr: {
      repositories: Object.fromEntries(
        Array.from({ length: count }, (_, index) => [`r${String(index).padStart(4, "0")}`, options(index)]),
      ),
    },
  });

const replicatedTo = (...replicationDestinations: { region: string; registryId?: string }[]) => ({
  enableReplication: true,
  replicationDestinations,
});

test("fails when one registry would scan basic and enhanced", () => {
  const definitions = {
    ...only({ ...web, ecr: { repositories: { app: { enableEnhancedScanning: true } } } }),
    ...only({ ...other, ecr: { repositories: { app: {} } } }),
  };

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/web.ts: ecr.repositories.app.enableEnhancedScanning: found true; a registry has either basic or enhanced scanning, but enhanced scanning is requested by acme-web-app (environments/web.ts) and basic scanning by acme-other-app (environments/other.ts); set the same enableEnhancedScanning for all of them, or scanOnPush: false for those that need no scan]`,
  );
});

test("fails when no filter can scan one repository without another", () => {
  const repositories = { app: {}, "app-acme-test-app": { scanOnPush: false } };
  const definitions = only({ ...minimal, ecr: { repositories } });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.repositories.app.scanFrequency: found nothing; no filter for SCAN_ON_PUSH matches "acme-test-app" without also matching "acme-test-app-acme-test-app", which did not request it; rename one of them or use the same scanning for both]`,
  );
});

test("fails when scanning needs more filters than AWS takes", () => {
  const digits = (index: number) => String(index % 101).padStart(3, "0");
  const crossed = Array.from({ length: 101 }, (_, index) => [
    [`r${digits(index)}-${digits(index)}`, {}],
    [`r${digits(index)}-${digits(index + 1)}`, { scanOnPush: false }],
  ]).flat();
  const definitions = only({ ...minimal, ecr: { repositories: Object.fromEntries(crossed) } });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.repositories["r000-000"].scanFrequency: found nothing; SCAN_ON_PUSH for acme-test-r000-000, acme-test-r001-001, acme-test-r002-002 and 98 more would need more than the 100 filters that AWS allows in a rule; use the same scanning for repositories whose names start or end alike, or rename some so that they do]`,
  );
});

test("fails when an unmanaged repository stands in the way, at its place and in its file", () => {
  const unmanagedRepositories = { "acme-other": replicatedTo({ region: "us-west-2" }) };
  const definitions = {
    ...only({ ...web, ecr: { unmanagedRepositories } }),
    ...only({ ...other, ecr: { repositories: { app: {}, job: {} } } }),
  };

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/web.ts: ecr.unmanagedRepositories["acme-other"].replicationDestinations: found [{"region":"us-west-2"}]; replication filters are name prefixes, so replicating "acme-other" (environments/web.ts) would also replicate "acme-other-app" (environments/other.ts), "acme-other-job" (environments/other.ts); give all of them the same replicationDestinations or rename one of them]`,
  );
});

test("fails when an unmanaged repository and another file disagree on enhanced scanning", () => {
  const unmanagedRepositories = { "team/tool": { enableEnhancedScanning: true } };
  const definitions = {
    ...only({ ...web, ecr: { unmanagedRepositories } }),
    ...only({ ...other, ecr: { repositories: { app: {} } } }),
  };

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/web.ts: ecr.unmanagedRepositories["team/tool"].enableEnhancedScanning: found true; a registry has either basic or enhanced scanning, but enhanced scanning is requested by team/tool (environments/web.ts) and basic scanning by acme-other-app (environments/other.ts); set the same enableEnhancedScanning for all of them, or scanOnPush: false for those that need no scan]`,
  );
});

test("fails when one file asks for continuous scanning where no filter spares another's repository", () => {
  const continuous = { enableEnhancedScanning: true, scanFrequency: "CONTINUOUS_SCAN" } as const;
  const unmanagedRepositories = {
    "acme-web-app-acme-web-app": { enableEnhancedScanning: true },
  };
  const definitions = {
    ...only({ ...web, ecr: { repositories: { app: continuous } } }),
    ...only({ ...other, ecr: { unmanagedRepositories } }),
  };

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/web.ts: ecr.repositories.app.scanFrequency: found "CONTINUOUS_SCAN"; no filter for CONTINUOUS_SCAN matches "acme-web-app" (environments/web.ts) without also matching "acme-web-app-acme-web-app" (environments/other.ts), which did not request it; rename one of them or use the same scanning for both]`,
  );
});

test("fails when replicating a repository would replicate another", () => {
  const repositories = { web: replicatedTo({ region: "us-west-2" }), "web-admin": {} };
  const definitions = only({ ...minimal, ecr: { repositories } });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.repositories.web.replicationDestinations: found [{"region":"us-west-2"}]; replication filters are name prefixes, so replicating "acme-test-web" would also replicate "acme-test-web-admin"; give both the same replicationDestinations or rename one of them]`,
  );
});

test("fails when replication needs more rules than AWS takes", () => {
  const definitions = numbered(11, (index) =>
    replicatedTo({ region: "us-west-2", registryId: account(index) }),
  );

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.repositories.r0000.replicationDestinations: found [{"region":"us-west-2","registryId":"100000000000"}]; replication of acme-test-r0000, acme-test-r0001, acme-test-r0002 and 8 more would need 11 rules of up to 100 filters in this registry, and AWS allows 10; use the same destinations for more of them, above all for those whose names start alike]`,
  );
});

test("fails when replication has more destinations than AWS takes", () => {
  const destinations = Array.from({ length: 26 }, (_, index) => ({
    region: "us-west-2",
    registryId: account(index),
  }));
  const definitions = numbered(1, () => replicatedTo(...destinations));

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.repositories.r0000.replicationDestinations: found "26 entries"; this has 26 entries, and at most 25 are allowed; remove some]`,
  );
});

test("fails when replication needs more filters than AWS takes in ten rules", () => {
  const definitions = numbered(2002, (index) =>
    index % 2 === 0 ? replicatedTo({ region: "us-west-2" }) : {},
  );

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.repositories.r0000.replicationDestinations: found [{"region":"us-west-2"}]; replication of acme-test-r0000, acme-test-r0002, acme-test-r0004 and 998 more would need 11 rules of up to 100 filters in this registry, and AWS allows 10; use the same destinations for more of them, above all for those whose names start alike]`,
  );
});

test("problems between files do not depend on the order of the files", () => {
  const first = only({ ...web, ecr: { repositories: { app: { enableEnhancedScanning: true } } } });
  const second = only({ ...other, ecr: { repositories: { app: {} } } });
  const message = (definitions: typeof first) => {
    try {
      return loadEnvironments(definitions);
    } catch (error) {
      return error;
    }
  };

  expect(message({ ...second, ...first })).toEqual(message({ ...first, ...second }));
});

import { expect, test } from "vitest";
import { loadEnvironments } from "../../../environments/load";
import { minimal, only } from "../../synth";
import type { RepositoryInput } from "./one-repository";

const web = { ...minimal, name: "web" } as const;
const other = { ...minimal, name: "other" } as const;

const account = (index: number) => String(100_000_000_000 + index);

/** Repositories r000, r001 and so on, each with the options that its number gives. */
const numbered = (count: number, options: (index: number) => RepositoryInput) =>
  only({
    ...minimal,
    ecr: {
      repositories: Object.fromEntries(
        Array.from({ length: count }, (_, index) => [`r${String(index).padStart(3, "0")}`, options(index)]),
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
    `[ConfigurationError: environments/web.ts: ecr.repositories.app.enableEnhancedScanning: found true; a registry scans either basic or enhanced; enhanced scanning is asked for by acme-web-app and basic scanning by acme-other-app; set the same enableEnhancedScanning in all of them, or scanOnPush: false where no scan is wanted]`,
  );
});

test("fails when no filter can scan one repository without another", () => {
  const repositories = { app: {}, "app-acme-test-app": { scanOnPush: false } };
  const definitions = only({ ...minimal, ecr: { repositories } });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.repositories.app.scanFrequency: found nothing; no filter gives SCAN_ON_PUSH to "acme-test-app" without catching a repository that did not ask for it; rename one of them or give both the same scanning]`,
  );
});

test("fails when scanning needs more filters than AWS takes", () => {
  const definitions = numbered(202, (index) => ({ scanOnPush: index % 2 === 0 }));

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.repositories.r000.scanFrequency: found nothing; SCAN_ON_PUSH would need 101 filters in this registry and AWS takes 100; give repositories of one name prefix the same scanning]`,
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
    `[ConfigurationError: environments/test.ts: ecr.repositories.r000.replicationDestinations: found [{"region":"us-west-2","registryId":"100000000000"}]; the repositories of this registry need 11 rules and AWS takes 10; let more of them share the same destinations]`,
  );
});

test("fails when replication has more destinations than AWS takes", () => {
  const destinations = Array.from({ length: 26 }, (_, index) => ({
    region: "us-west-2",
    registryId: account(index),
  }));
  const definitions = numbered(1, () => replicatedTo(...destinations));

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.repositories.r000.replicationDestinations: found [{"region":"us-west-2","registryId":"100000000000"},{"region":"us-west-2","registryId":"100000000001"},{"region":"us-wes…; the repositories of this registry need 26 destinations and AWS takes 25; let more of them share the same destinations]`,
  );
});

test("fails when replication needs more filters than AWS takes", () => {
  const definitions = numbered(202, (index) =>
    index % 2 === 0 ? replicatedTo({ region: "us-west-2" }) : {},
  );

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.repositories.r000.replicationDestinations: found [{"region":"us-west-2"}]; the repositories of this registry need 101 filters in one rule and AWS takes 100; let more of them share the same destinations]`,
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

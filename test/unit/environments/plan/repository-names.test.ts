import fc from "fast-check";
import { expect, test } from "vitest";
import { loadEnvironments, loadProject } from "../../../../environments/load";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import { clusterPullStatements } from "../../../../environments/plan/cluster-pulls";
import { startStatements } from "../../../../environments/plan/ecs";
import type { Environment } from "../../../../environments/plan/environment";
import { exportedRequests } from "../../../../environments/plan/exported-requests";
import { boundaryStatements, deployStatements } from "../../../../environments/plan/pipeline-policies";
import { registryPlans } from "../../../../environments/plan/registry-plan";
import { registrySum } from "../../../../environments/plan/registry-sum";
import {
  namePatterns,
  nameStart,
  ownNames,
  repositoryName,
} from "../../../../environments/plan/repository-names";
import { scanEventPatterns } from "../../../../modules/ecr/monitoring/repository-events";
import { explainReplication, explainScanning } from "../../../../modules/ecr/registry/registry-explanation";
import { settingsOf } from "../../../../modules/ecr/registry/registry-requests";
import { forTerraform, policyDocument, type Statement } from "../../../../modules/iam/policy-document";
import { basicScan } from "../../../support/ecr-events";
import { minimal, only } from "../../../support/environments/minimal";
import { matchesEvent } from "../../../support/event-pattern";
import { runs } from "../../../support/property-runs";
import { resolvedStacks } from "../../../support/synth";

const named = (change: Partial<EnvironmentInput>) => {
  const [environment] = loadEnvironments(only({ ...minimal, ...change }));
  if (environment === undefined) throw new Error("no environment");
  return environment;
};

const ecr: EnvironmentInput["ecr"] = {
  repositories: { web: {}, api: { name: "team/api" } },
  pullThroughCache: { quay: { upstream: "quay" } },
};

test.each([
  ["{project}-{environment}-{name}", "acme-test-", "acme-test-web", ["acme-test-*", "team/api"]],
  ["{project}/{environment}/{name}", "acme/test/", "acme/test/web", ["acme/test/*", "team/api"]],
  ["{name}-{environment}", undefined, "web-test", ["quay-test/*", "team/api", "web-test"]],
  ["{name}", undefined, "web", ["quay/*", "team/api", "web"]],
  ["team/{name}", "team/", "team/web", ["team/*"]],
  ["team{name}", undefined, "teamweb", ["teamquay/*", "team/api", "teamweb"]],
])("with the pattern %s, names start with %s", (repository, start, name, patterns) => {
  const environment = named({ naming: { repository }, ecr });

  expect(nameStart(environment)).toBe(start);
  expect(repositoryName(environment, "web")).toBe(name);
  expect(repositoryName(environment, "api")).toBe("team/api");
  expect(namePatterns(ownNames(environment))).toEqual(patterns);
});

test("another project hears how the names start, if it cannot tell", () => {
  const started = (change: Partial<EnvironmentInput>) => {
    const environment = named({ ...change, ecr: { ...ecr, registryOwner: "other-project" } });
    return exportedRequests(environment, [environment]).nameStart;
  };

  expect(started({})).toBeUndefined();
  expect(started({ naming: { repository: "team/{name}" } })).toBe("team/");
  expect(started({ naming: { repository: "{name}" } })).toBe("");
});

/** Names that two environments can have, many of which start alike. */
const fullNames = ["app", "app-tools", "team/app", "team/app2", "acme-test-x", "test/x", "live-y", "quay/z"];
const patterns = [
  "{project}-{environment}-{name}",
  "{project}/{environment}/{name}",
  "{environment}-{name}",
  "{name}-{environment}",
  "{name}",
  "team/{name}",
];

const anyRepository = fc.record({
  shortName: fc.constantFrom("app", "api", "web", "tools"),
  name: fc.option(fc.constantFrom(...fullNames), { nil: undefined }),
  scanOnPush: fc.boolean(),
  replicated: fc.boolean(),
});
const anyEnvironment = fc.record({
  pattern: fc.constantFrom(...patterns),
  repositories: fc.uniqueArray(anyRepository, { selector: ({ shortName }) => shortName, maxLength: 4 }),
  cached: fc.boolean(),
});
type Drawn = typeof anyEnvironment extends fc.Arbitrary<infer T> ? T : never;

const definition = (name: string, { pattern, repositories, cached }: Drawn) =>
  only({
    ...minimal,
    name,
    region: "us-east-1",
    naming: { repository: pattern },
    state: { backend: "s3", bucket: "acme-tfstate", createBucket: name === "test" },
    security: {
      ci: {
        github: { provider: name === "test" ? "create" : "existing" },
        deploy: { trust: [{ github: "acme/shop", environment: name }] },
      },
    },
    ecr: {
      repositories: Object.fromEntries(
        repositories.map(({ shortName, name: own, scanOnPush, replicated }) => [
          shortName,
          {
            ...(own !== undefined && { name: own }),
            scanOnPush,
            ...(replicated && {
              enableReplication: true,
              replicationDestinations: [{ region: "us-west-2" }],
            }),
          },
        ]),
      ),
      ...(cached && { pullThroughCache: { quay: { upstream: "quay" } } }),
    },
  } as EnvironmentInput);

/** The names that a file means, computed without any code of the project. */
const meant = (name: string, { pattern, repositories, cached }: Drawn): string[] => {
  const named = (short: string) =>
    pattern.replace("{project}", "acme").replace("{environment}", name).replace("{name}", short);
  return [
    ...repositories.map(({ shortName, name: own }) => own ?? named(shortName)),
    ...(cached ? [`${named("quay")}/prometheus/node-exporter`] : []),
  ];
};

const arnOf = (name: string) => `arn:aws:ecr:us-east-1:111122223333:repository/${name}`;

/** Whether a pattern of IAM matches an ARN. */
const covers = (pattern: string, arn: string) =>
  new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`).test(arn);

const reached = (resources: Statement["Resource"], names: readonly string[]): string[] =>
  names.filter((name) => [resources ?? []].flat().some((resource) => covers(resource, arnOf(name))));

/** What the policies of an environment's roles cover of some names, each by what it is in. */
function coverage(environment: Environment, names: readonly string[]): Record<string, string[]> {
  const named = (statements: readonly Statement[], sid: string) =>
    statements.find(({ Sid }) => Sid === sid)?.Resource;
  const boundary = clusterPullStatements(environment).find(({ Sid }) => Sid === "NoOtherRepositories");
  const events = scanEventPatterns({
    ...{ partition: "aws", accountId: "111122223333", region: "us-east-1" },
    ...ownNames(environment),
  });
  const group = { ...basicScan("x"), account: "111122223333", region: "us-east-1" };
  return {
    deploy: reached(named(deployStatements(environment), "Repositories"), names),
    boundary: reached(named(boundaryStatements(environment), "Images"), names),
    services: reached(named(startStatements(environment, { secretArns: [] }), "PullImages"), names),
    nodes:
      boundary?.NotResource === undefined
        ? []
        : reached(
            [boundary.NotResource].flat().map((arn) => arn.replace(":ecr:*:", ":ecr:us-east-1:")),
            names,
          ),
    scans: names.filter(
      (name) =>
        events.filter((pattern) => matchesEvent(pattern, { ...group, resources: [arnOf(name)] })).length ===
        1,
    ),
  };
}

test("policies, event patterns and filters cover the repositories of an environment, and none of another", () => {
  let accepted = 0;
  fc.assert(
    fc.property(anyEnvironment, anyEnvironment, (one, other) => {
      let environments: Environment[];
      try {
        environments = loadEnvironments({ ...definition("test", one), ...definition("live", other) });
      } catch {
        return;
      }
      accepted++;
      const wanted = { test: meant("test", one), live: meant("live", other) };
      const all = [...wanted.test, ...wanted.live];
      expect(new Set(all).size).toBe(all.length);
      const wrong = environments.flatMap((environment) => {
        const own = wanted[environment.name as keyof typeof wanted];
        return Object.entries(coverage(environment, all)).filter(([, found]) => found.join() !== own.join());
      });
      expect(wrong).toEqual([]);
      const plan = registryPlans(environments).find(({ region }) => region === "us-east-1");
      if (plan === undefined) throw new Error("no registry");
      const sum = registrySum(plan);
      const differing = sum.requests.filter(
        ({ name, scanFrequency, destinations }) =>
          explainScanning(settingsOf(sum.scanning), name).scanFrequency !== scanFrequency ||
          explainReplication(settingsOf(sum.replication), name).destinations.length !== destinations.length,
      );
      expect(differing).toEqual([]);
    }),
    { numRuns: runs(600) },
  );
  expect(accepted).toBeGreaterThan(0);
});

test("the policies that are measured are those that are built", () => {
  const drawn: Drawn = {
    pattern: "{name}",
    repositories: [{ shortName: "app", name: "team/app", scanOnPush: true, replicated: true }],
    cached: true,
  };
  const definitions = definition("test", drawn);
  const [environment] = loadEnvironments(definitions);
  if (environment === undefined) throw new Error("no environment");

  const built = JSON.stringify(resolvedStacks(loadProject(definitions))["security-test"]);

  for (const statements of [boundaryStatements(environment), deployStatements(environment)])
    expect(built).toContain(JSON.stringify(forTerraform(policyDocument(statements))));
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { loadEnvironments, loadProject } from "../../../../environments/load";
import { exportedRequests } from "../../../../environments/plan/exported-requests";
import { replicaRegions } from "../../../../environments/plan/replicas";
import { problemsIn } from "../../../support/environments/load-message";
import { minimal, only } from "../../../support/environments/minimal";
import type { EcrInput } from "../../../support/environments/one-repository";
import { runs } from "../../../support/property-runs";
import { type StackJson, synth, synthAnew } from "../../../support/synth";

const stack = "registry-111122223333-eu-west-1";

/** A provider that has every resource. */
const newest = { awsProviderVersion: "6.29.0" };

const guest = (ecr: EcrInput) => ({ ...minimal, project: "shop", name: "live", ecr });

/** What `registry export` prints, read again. */
function exported(definitions: ReturnType<typeof only>, region?: string): object {
  const environments = loadEnvironments(definitions);
  const environment = environments.find(({ name }) => name === "live");
  if (environment === undefined) throw new Error("no environment live");
  return JSON.parse(JSON.stringify(exportedRequests(environment, environments, region)));
}

const registryTypes = [
  "aws_ecr_registry_scanning_configuration",
  "aws_ecr_replication_configuration",
  "aws_ecr_registry_policy",
  "aws_ecr_account_setting",
];

const settingsIn = (json: StackJson | undefined) =>
  Object.fromEntries(registryTypes.map((type) => [type, json?.["resource"]?.[type]]));

test("a project that does not own the registry has none of its settings, but its caches and its log delivery", () => {
  const stacks = synth(
    only(
      guest({
        registryOwner: "other-project",
        enableScanFindingsLogging: true,
        repositories: {
          app: { enableReplication: true, replicationDestinations: [{ region: "us-east-1" }] },
        },
        pullThroughCache: {
          quay: { upstream: "quay", pullRoleArns: ["arn:aws:iam::111122223333:role/pull"] },
        },
        pullTimeExclusions: ["arn:aws:iam::111122223333:role/scanner"],
        creationTemplates: { team: { appliedFor: ["REPLICATION"] } },
        accountSettings: { registryPolicyScope: "V2" },
      }),
    ),
    newest,
  );
  const resources: StackJson = stacks[stack]?.["resource"];

  expect(Object.keys(resources).toSorted()).toEqual([
    "aws_cloudwatch_log_resource_policy",
    "aws_ecr_pull_through_cache_rule",
    "aws_ecr_pull_time_update_exclusion",
    "aws_ecr_repository_creation_template",
  ]);
  expect(resources["aws_cloudwatch_log_resource_policy"].event_delivery.policy_name).toBe(
    "shop-live-event-delivery",
  );
});

test("its state forgets every setting that an owner's registry stack has", () => {
  const ecr: EcrInput = {
    repositories: { app: { enableReplication: true, replicationDestinations: [{ region: "us-east-1" }] } },
    pullThroughCache: {
      quay: { upstream: "quay", pullRoleArns: ["arn:aws:iam::111122223333:role/pull"] },
    },
    accountSettings: {
      basicScanTypeVersion: "AWS_NATIVE",
      registryPolicyScope: "V2",
      blobMounting: "ENABLED",
    },
  };
  const addresses = (json: StackJson | undefined) =>
    Object.entries<StackJson>(json?.["resource"]).flatMap(([type, named]) =>
      Object.keys(named).map((name) => `${type}.${name}`),
    );
  const owning = synth(only(guest(ecr)), newest)[stack];
  const leaving = synth(only(guest({ ...ecr, registryOwner: "other-project" })), newest)[stack];
  const removed = leaving?.["removed"].map(({ from, lifecycle }: StackJson) => [from, lifecycle["destroy"]]);

  expect(Object.fromEntries(removed)).toEqual(
    Object.fromEntries(
      addresses(owning)
        .filter((address) => !addresses(leaving).includes(address))
        .map((address) => [address, false]),
    ),
  );
  expect(owning?.["removed"]).toBeUndefined();
});

test("it forgets those of a registry that has only its replicas, too", () => {
  const ecr: EcrInput = {
    repositories: { app: { enableReplication: true, replicationDestinations: [{ region: "us-east-1" }] } },
  };
  const replicas = "registry-111122223333-us-east-1";
  const forgottenBy = (definitions: ReturnType<typeof only>) =>
    synth(definitions)[replicas]?.["removed"]?.map(({ from }: StackJson) => from);
  const leaving = only(guest({ ...ecr, registryOwner: "other-project" }));

  expect(forgottenBy(leaving)).toContain("aws_ecr_registry_scanning_configuration.scanning");
  expect(synth(leaving)[replicas]?.["resource"]).toBeUndefined();
  expect(forgottenBy({ ...leaving, ...only({ ...minimal, region: "us-east-1" }) })).toBeUndefined();
});

test("without caches and logs, its registry stack is empty, so that Terraform still removes what it had", () => {
  const stacks = synth(only(guest({ registryOwner: "other-project", repositories: { app: {} } })));

  expect(stacks[stack]?.["resource"]).toBeUndefined();
  expect(stacks[stack]?.["terraform"].backend).toBeDefined();
});

test("its pipelines may change caches, and no setting of the registry", () => {
  const ci = { deploy: { trust: [{ github: "shop/platform", branch: "main" }] }, github: {} };
  const permissionsOf = (registryOwner: "this-project" | "other-project") => {
    const environment = {
      ...guest({ registryOwner }),
      state: { backend: "s3", bucket: "shop-tfstate" },
    } as const;
    const stacks = synth(only({ ...environment, security: { ci } }));
    return JSON.stringify(stacks["security-live"]?.["resource"]);
  };

  expect(permissionsOf("this-project")).toContain("ecr:PutReplicationConfiguration");
  expect(permissionsOf("other-project")).not.toMatch(
    /ecr:Put(?:Registry|Replication|Account)|RegistryPolicy"|inspector2:En/,
  );
  expect(permissionsOf("other-project")).toMatch(/"ecr:\*Pull\*".*"ecr:\*RepositoryCreationTemplate"/);
});

test("an account that replicates into the registry for both projects has one statement", () => {
  const to = (registryId: string) => ({
    enableReplication: true,
    replicationDestinations: [{ region: minimal.region, registryId }],
  });
  const source = (project: string, name: string) => ({
    ...minimal,
    project,
    name,
    accountId: "999988887777",
    region: "us-east-1",
    ecr: { repositories: { app: to(minimal.accountId) } },
  });
  const requests = exported({ ...only(guest({})), ...only(source("shop", "build")) });
  const stacks = synth({
    ...only({ ...minimal, ecr: { registryRequests: [requests] } }),
    ...only(source("acme", "build")),
  });

  expect(stacks[stack]?.["resource"].aws_ecr_registry_policy.policy.policy.Statement).toEqual([
    expect.objectContaining({
      Sid: "ReplicationFrom999988887777",
      Resource: ["acme-build-*", "shop-build-*"].map(
        (name) => `arn:aws:ecr:eu-west-1:111122223333:repository/${name}`,
      ),
    }),
  ]);
});

test("an account whose caches read the registry for both projects has one statement", () => {
  const { accountId: registryId, region } = minimal;
  const reader = (project: string, name: string, upstreamPrefix?: string) => ({
    ...minimal,
    project,
    name,
    accountId: "999988887777",
    region: "us-east-1",
    ecr: {
      pullThroughCache: {
        all: { upstream: "ecr" as const, registryId, region, ...(upstreamPrefix && { upstreamPrefix }) },
      },
    },
  });
  const requests = exported({ ...only(guest({})), ...only(reader("shop", "build", "shop/")) });
  const stacks = synth({
    ...only({ ...minimal, ecr: { registryRequests: [requests] } }),
    ...only(reader("acme", "build")),
  });

  expect(stacks[stack]?.["resource"].aws_ecr_registry_policy.policy.policy.Statement).toEqual([
    expect.objectContaining({
      Sid: "CachesOf999988887777",
      Resource: ["*", "shop/*"].map((name) => `arn:aws:ecr:eu-west-1:111122223333:repository/${name}`),
    }),
  ]);
});

const to = (...replicationDestinations: { region: string; registryId?: string }[]) => ({
  enableReplication: true,
  replicationDestinations,
});

/** Valid options, of which most can be in one registry with any others. */
const options = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom({}, { scanOnPush: false }) },
  {
    weight: 10,
    arbitrary: fc.constantFrom(
      to({ region: "us-east-1" }),
      to({ region: "us-west-2" }, { region: "us-east-1", registryId: "999988887777" }),
    ),
  },
  { weight: 1, arbitrary: fc.constant({ enableEnhancedScanning: true, scanFrequency: "CONTINUOUS_SCAN" }) },
);

const repositories = fc.dictionary(fc.constantFrom("app", "app-b", "web", "web/api", "x"), options, {
  maxKeys: 4,
});

const cache = fc.constantFrom(
  {},
  { all: { upstream: "ecr-public", prefix: "ROOT" } },
  { quay: { upstream: "quay", pullRoleArns: ["arn:aws:iam::111122223333:role/pull"] } },
);

const ecr = fc.record({
  repositories,
  unmanagedRepositories: fc.dictionary(fc.constantFrom("other", "third/party"), options, { maxKeys: 1 }),
  pullThroughCache: cache,
  accountSettings: fc.constantFrom({}, {}, { registryPolicyScope: "V2" }, { blobMounting: "ENABLED" }),
}) as fc.Arbitrary<EcrInput>;

/** The Regions of the registries that have repositories or replicas of the only environment. */
function regionsOf(definitions: ReturnType<typeof only>): string[] {
  return loadEnvironments(definitions).flatMap((one) => [one.region, ...replicaRegions(one)]);
}

const replicating = {
  repositories: { app: to({ region: "us-east-1" }) },
  unmanagedRepositories: {},
  pullThroughCache: {},
  accountSettings: {},
};

test("the owner's settings are the same as if one project had the environments of both", () => {
  let compared = 0;
  let replicas = 0;
  fc.assert(
    fc.property(ecr, ecr, (own, others) => {
      const together = { ...only({ ...minimal, ecr: own }), ...only(guest(others)) };
      const alone = only(guest({ ...others, registryOwner: "other-project" }));
      if (problemsIn(alone).length > 0 || problemsIn(only({ ...minimal, ecr: own })).length > 0) return true;
      const ownRegions = regionsOf(only({ ...minimal, ecr: own }));
      // The owner includes what is requested from a registry that it uses.
      const shared = regionsOf(alone).filter((region) => ownRegions.includes(region));
      const registryRequests = shared.map((region) => exported(alone, region));
      const included = only({ ...minimal, ecr: { ...own, registryRequests } });
      const conflicts = [problemsIn(together).length, problemsIn(included).length];
      if (conflicts[0] !== 0 || conflicts[1] !== 0)
        return (conflicts[0] ?? 0) > 0 === (conflicts[1] ?? 0) > 0;
      compared++;
      const [one, two] = [together, included].map((definitions) => {
        const stacks = synthAnew(loadProject(definitions, newest));
        return JSON.stringify(shared.map((region) => settingsIn(stacks[`registry-111122223333-${region}`])));
      });
      if (shared.length > 1) replicas++;
      return one === two;
    }),
    { numRuns: runs(60), examples: [[replicating, replicating]] },
  );
  expect(compared).toBeGreaterThanOrEqual(runs(60) / 12);
  expect(replicas).toBeGreaterThan(0);
});

import { expect, test } from "vitest";
import type { Definition } from "../../../../environments/environment";
import { guide } from "../../../support/environments/guide";
import { minimal, only } from "../../../support/environments/minimal";
import type { RepositoryInput } from "../../../support/environments/one-repository";
import { type StackJson, synth } from "../../../support/synth";

const name = "registry-111122223333-eu-west-1";

const environment = (id: string, repositories: Record<string, RepositoryInput>, change = {}) =>
  only({ ...minimal, name: id, ...change, ecr: { enableScanFindingsLogging: true, repositories } });

const replicatedTo = (region: string, registryId?: string): RepositoryInput => ({
  enableReplication: true,
  replicationDestinations: [{ region, ...(registryId && { registryId }) }],
});

/** The one resource of a type, or nothing. */
function resource(json: StackJson | undefined, type: string) {
  const all = Object.values<StackJson>(json?.["resource"][type] ?? {});
  expect(all.length).toBeLessThanOrEqual(1);
  return all[0];
}

const registriesOf = (stacks: Record<string, StackJson>) =>
  Object.keys(stacks).filter((stack) => stack.startsWith("registry-"));

const shared = {
  ...environment("blue", { app: replicatedTo("us-west-2"), job: { scanOnPush: false } }),
  ...environment("green", { app: replicatedTo("us-west-2"), web: replicatedTo("eu-north-1") }),
};

const stacks = synth(shared);

test("two environments of one account and Region have one registry stack, and each Region of replicas has one", () => {
  const inRegion = (region: string) => `registry-111122223333-${region}`;

  expect(registriesOf(stacks)).toEqual([name, inRegion("us-west-2"), inRegion("eu-north-1")]);
  expect(stacks[name]?.["provider"].aws[0].default_tags[0].tags).toMatchObject({ Environment: "blue green" });
  expect(stacks[inRegion("us-west-2")]?.["provider"].aws).toEqual([
    {
      region: "us-west-2",
      allowed_account_ids: ["111122223333"],
      default_tags: [{ tags: expect.objectContaining({ Environment: "blue green", Layer: "registry" }) }],
    },
  ]);
});

test("the registry of a Region scans its replicas as their sources are scanned, and replicates them no further", () => {
  const there = synth({
    ...environment("blue", { app: replicatedTo("us-west-2"), job: { scanOnPush: false } }),
    ...environment("west", { web: replicatedTo("eu-west-1") }, { region: "us-west-2" }),
  })["registry-111122223333-us-west-2"];

  expect(resource(there, "aws_ecr_registry_scanning_configuration")).toEqual({
    scan_type: "BASIC",
    rule: [
      {
        scan_frequency: "SCAN_ON_PUSH",
        repository_filter: [
          { filter: "*acme-blue-app", filter_type: "WILDCARD" },
          { filter: "*acme-west-web", filter_type: "WILDCARD" },
        ],
      },
    ],
  });
  expect(
    resource(there, "aws_ecr_replication_configuration")?.["replication_configuration"].rule[0]
      .repository_filter,
  ).toEqual([{ filter: "acme-west-web", filter_type: "PREFIX_MATCH" }]);
});

test("fails when a registry would scan a replica enhanced and another repository basic", () => {
  const files = {
    ...environment("blue", { app: { ...replicatedTo("us-west-2"), enableEnhancedScanning: true } }),
    ...environment("west", { web: {} }, { region: "us-west-2" }),
  };

  expect(() => synth(files)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/blue.ts: ecr.repositories.app.enableEnhancedScanning: found true; a registry has either basic or enhanced scanning, but enhanced scanning is requested by acme-blue-app (environments/blue.ts) and basic scanning by acme-west-web (environments/west.ts); set the same enableEnhancedScanning for all of them, or scanOnPush: false for those that need no scan (registry of 111122223333 in us-west-2, with replicas)]`,
  );
});

test("fails when the registry of a Region would have two states", () => {
  const state = (bucket: string) => ({ backend: "s3", bucket }) as const;
  const files = {
    ...environment("blue", { app: replicatedTo("us-west-2") }, { state: state("acme-blue") }),
    ...environment(
      "green",
      { app: replicatedTo("us-west-2") },
      { region: "eu-north-1", state: state("acme-g") },
    ),
    ...environment("west", {}, { region: "us-west-2", state: state("acme-west") }),
  };

  expect(() => synth(files)).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/blue.ts: state: found "s3://acme-blue/acme (eu-west-1, SSE-S3)"; environments/west.ts has the registry in us-west-2 that this file has replicas in, and stores the state of the shared registry in s3://acme-west/acme (us-west-2, SSE-S3); use the same state in both (createBucket: false in one)
    environments/green.ts: state: found "s3://acme-g/acme (eu-north-1, SSE-S3)"; environments/west.ts has the registry in us-west-2 that this file has replicas in, and stores the state of the shared registry in s3://acme-west/acme (us-west-2, SSE-S3); use the same state in both (createBucket: false in one)]
  `);
});

test("fails when a replica is declared as another team's repository", () => {
  const files = {
    ...environment("blue", { app: replicatedTo("us-west-2") }),
    ...only({
      ...minimal,
      name: "west",
      region: "us-west-2",
      ecr: { unmanagedRepositories: { "acme-blue-app": {} } },
    }),
  };

  expect(() => synth(files)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/west.ts: ecr.unmanagedRepositories["acme-blue-app"]: found "acme-blue-app"; environments/blue.ts creates this repository, so it is not unmanaged; remove it here]`,
  );
});

test("a registry scans what all its environments ask for", () => {
  expect(resource(stacks[name], "aws_ecr_registry_scanning_configuration")).toEqual({
    scan_type: "BASIC",
    rule: [
      {
        scan_frequency: "SCAN_ON_PUSH",
        repository_filter: [
          { filter: "*acme-blue-app", filter_type: "WILDCARD" },
          { filter: "acme-green-*", filter_type: "WILDCARD" },
        ],
      },
    ],
  });
});

test("a registry replicates what all its environments ask for", () => {
  const rule = (region: string, ...filters: string[]) => ({
    destination: [{ region, registry_id: "111122223333" }],
    repository_filter: filters.map((filter) => ({ filter, filter_type: "PREFIX_MATCH" })),
  });
  expect(
    resource(stacks[name], "aws_ecr_replication_configuration")?.["replication_configuration"].rule,
  ).toEqual([rule("eu-north-1", "acme-green-web"), rule("us-west-2", "acme-blue-app", "acme-green-app")]);
});

test("a registry lets events reach the log groups of all its environments", () => {
  const policy = resource(stacks[name], "aws_cloudwatch_log_resource_policy");
  expect(policy?.["policy_name"]).toBe(`${name}-event-delivery`);
  expect(policy?.["policy_document"].Statement[0].Resource).toEqual([
    "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/events/acme-blue/*:*",
    "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/events/acme-green/*:*",
  ]);
});

test("a registry of which nothing is asked turns scanning off and has no other setting", () => {
  const json = synth(only(minimal))[name];

  expect(Object.keys(json?.["resource"])).toEqual(["aws_ecr_registry_scanning_configuration"]);
  expect(resource(json, "aws_ecr_registry_scanning_configuration")).toEqual({
    scan_type: "BASIC",
    rule: [],
  });
});

test("environments of one account in two Regions have two registries", () => {
  const both = synth({ ...only(minimal), ...only({ ...minimal, name: "far", region: "us-east-1" }) });

  expect(registriesOf(both).toSorted()).toEqual([name, "registry-111122223333-us-east-1"]);
});

const target = { accountId: "444455556666", region: "us-east-1" };
const crossing = {
  ...environment("blue", {
    web: replicatedTo(target.region, target.accountId),
    api: replicatedTo(target.region, target.accountId),
    job: {},
  }),
  ...environment("backup", {}, target),
};

test("another account may create repositories in a registry only if the file of the registry says so", () => {
  const asked = synth({
    ...crossing,
    ...only({ ...minimal, name: "backup", ...target, ecr: { allowReplicaCreation: true } }),
  })["registry-444455556666-us-east-1"];

  expect(resource(asked, "aws_ecr_registry_policy")?.["policy"].Statement[0].Action).toEqual([
    "ecr:CreateRepository",
    "ecr:ReplicateImage",
  ]);
});

test("another account may tag what it creates only if a template of the registry tags it", () => {
  const withTemplate = (allowReplicaCreation: boolean) =>
    synth({
      ...crossing,
      ...only({
        ...{ ...minimal, name: "backup", ...target },
        ecr: { allowReplicaCreation, creationTemplates: { ROOT: { appliedFor: ["REPLICATION"] } } },
      }),
    })["registry-444455556666-us-east-1"];

  const actions = [true, false].map(
    (allowed) => resource(withTemplate(allowed), "aws_ecr_registry_policy")?.["policy"].Statement[0].Action,
  );
  expect(actions).toEqual([
    ["ecr:CreateRepository", "ecr:ReplicateImage", "ecr:TagResource"],
    ["ecr:ReplicateImage"],
  ]);
});

test("a file that allows creation in its registry does not allow it in those of its replicas that others own", () => {
  const files = (names: readonly string[]) =>
    Object.assign(
      { ...environment("blue", { web: replicatedTo(target.region, target.accountId) }) },
      ...names.map((name) =>
        name === "owner"
          ? only({ ...minimal, ...target, name })
          : only({
              ...{ ...minimal, name, accountId: target.accountId, region: "us-west-2" },
              ecr: { allowReplicaCreation: true, repositories: { web: replicatedTo(target.region) } },
            }),
      ),
    );
  const actionsIn = (...names: string[]) =>
    resource(synth(files(names))["registry-444455556666-us-east-1"], "aws_ecr_registry_policy")?.["policy"]
      .Statement[0].Action;

  expect(actionsIn("owner", "guest")).toEqual(["ecr:ReplicateImage"]);
  expect(actionsIn("guest")).toEqual(["ecr:CreateRepository", "ecr:ReplicateImage"]);
});

test("a registry lets another account's environment replicate into it, into the names of that environment only", () => {
  const json = synth(crossing)["registry-444455556666-us-east-1"];

  expect(resource(json, "aws_ecr_registry_policy")?.["policy"]).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "ReplicationFrom111122223333",
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::111122223333:root" },
        Action: ["ecr:ReplicateImage"],
        Resource: ["arn:aws:ecr:us-east-1:444455556666:repository/acme-blue-*"],
      },
    ],
  });
});

test("the registry that replicates needs no policy itself", () => {
  expect(resource(synth(crossing)[name], "aws_ecr_registry_policy")).toBeUndefined();
});

test("a registry needs no policy for replication inside its account, nor in another Region", () => {
  const all = synth({
    ...environment("blue", {
      web: replicatedTo("us-east-1"),
      api: replicatedTo("us-west-2", "444455556666"),
    }),
    ...environment("near", {}, { region: "us-east-1" }),
    ...environment("backup", {}, target),
  });

  const policies = registriesOf(all).map((id) => resource(all[id], "aws_ecr_registry_policy"));
  expect(policies).toEqual([undefined, undefined, undefined]);
});

test.each<[string, Record<string, Definition>]>([
  ["the files of the guide", guide],
  ["files that share a registry", shared],
  ["files that replicate into another's registry", crossing],
])("the order of %s makes no difference to any stack", (_, files) => {
  const reversed = Object.fromEntries(Object.entries(files).toReversed());

  const [one, other] = [synth(files), synth(reversed)];

  expect(Object.keys(other).toSorted()).toEqual(Object.keys(one).toSorted());
  for (const stack of Object.keys(one)) expect(JSON.stringify(other[stack])).toBe(JSON.stringify(one[stack]));
});

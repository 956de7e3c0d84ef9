import { expect, test } from "vitest";
import { minimal, only } from "../../../support/environments/minimal";
import { type StackJson, synth } from "../../../support/synth";

const replicated = {
  enableReplication: true,
  replicationDestinations: [{ region: "us-east-1", registryId: "444455556666" }],
};

const stacks = synth({
  ...only({
    ...minimal,
    ecr: {
      repositories: { app: replicated, job: {} },
      unmanagedRepositories: {
        "acme-test-legacy": { scanOnPush: false },
        "team/tool": replicated,
        "team/tool-old": replicated,
        "third/party": { scanOnPush: false },
      },
    },
  }),
  ...only({ ...minimal, name: "backup", accountId: "444455556666", region: "us-east-1" }),
});

/** The one resource of a type. */
const resource = (stack: string, type: string): StackJson | undefined =>
  Object.values<StackJson>(stacks[stack]?.["resource"][type] ?? {})[0];

const source = "registry-111122223333-eu-west-1";

test("no repository is made for an unmanaged one", () => {
  const made = Object.values<StackJson>(stacks["compute-test"]?.["resource"].aws_ecr_repository);

  expect(made.map(({ name }) => name)).toEqual(["acme-test-app", "acme-test-job"]);
});

test("a registry scans unmanaged repositories as they ask, by their whole names", () => {
  expect(resource(source, "aws_ecr_registry_scanning_configuration")?.["rule"]).toEqual([
    {
      scan_frequency: "SCAN_ON_PUSH",
      repository_filter: ["*acme-test-app", "*acme-test-job", "*team/tool", "*team/tool-old"].map(
        (filter) => ({ filter, filter_type: "WILDCARD" }),
      ),
    },
  ]);
});

test("a registry replicates unmanaged repositories as they ask, by their whole names", () => {
  expect(resource(source, "aws_ecr_replication_configuration")?.["replication_configuration"].rule).toEqual([
    {
      destination: [{ region: "us-east-1", registry_id: "444455556666" }],
      repository_filter: ["acme-test-app", "team/tool"].map((filter) => ({
        filter,
        filter_type: "PREFIX_MATCH",
      })),
    },
  ]);
});

test("another account's registry lets unmanaged repositories in by their whole names", () => {
  const policy = resource("registry-444455556666-us-east-1", "aws_ecr_registry_policy")?.["policy"];

  expect(policy.Statement[0].Resource).toEqual(
    ["acme-test-*", "team/tool", "team/tool-old"].map(
      (name) => `arn:aws:ecr:us-east-1:444455556666:repository/${name}`,
    ),
  );
});

import { expect, test } from "vitest";
import { loadEnvironments } from "../../../environments/load";
import { warningsOf } from "../../../environments/warnings";
import { minimal, only } from "../../synth";

const replicatedTo = (...regions: string[]) => ({
  enableReplication: true,
  replicationDestinations: regions.map((region) => ({ region })),
});

const repositories = {
  web: replicatedTo("us-west-2", "eu-central-1"),
  api: replicatedTo("us-west-2"),
  worker: {},
};

test("replicas of encrypted repositories are warned of, once for each file", () => {
  const environments = loadEnvironments(only({ ...minimal, ecr: { encryptionType: "KMS", repositories } }));

  expect(warningsOf(environments)).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecr.repositories: AWS replicates images, not settings: the replicas in eu-central-1, us-west-2 get AES256 encryption and mutable tags unless those registries hold a repository creation template.",
    ]
  `);
});

test.each([
  ["without a key", { encryptionType: "AES256", repositories }],
  ["without replicas", { encryptionType: "KMS", repositories: { worker: {} } }],
] as const)("repositories %s need no warning", (_, ecr) => {
  const environments = loadEnvironments(only({ ...minimal, ecr }));

  expect(warningsOf(environments)).toEqual([]);
});

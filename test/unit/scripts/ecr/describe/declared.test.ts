import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../../environments/load";
import { chosenRepository } from "../../../../../scripts/ecr/addresses/chosen-repository";
import { declaredSettings } from "../../../../../scripts/ecr/describe/declared";
import { minimal, only } from "../../../../support/environments/minimal";

const kmsKeyArn = "arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555";
const environments = loadEnvironments(
  only({
    ...minimal,
    ecr: {
      encryptionType: "KMS",
      kmsKeyArn,
      repositories: {
        app: {
          imageTagMutability: "IMMUTABLE",
          enableCrossAccountAccess: true,
          allowedAccountIds: ["444455556666"],
          enableReplication: true,
          replicationDestinations: [{ region: "us-west-2" }],
          lifecycleRules: [],
        },
      },
      pullThroughCache: { quay: { upstream: "quay", maxImageCount: 5 } },
      unmanagedRepositories: { "team/tool": { scanFrequency: "MANUAL", scanOnPush: false } },
    },
  }),
);
const [environment] = environments;
if (environment === undefined) throw new Error("no environment");
const declared = (repository: string, region = "eu-west-1") =>
  declaredSettings(environment, chosenRepository(environment, { repository, region }), environments);

test("a repository of the file is declared in everything", () => {
  expect(declared("app")).toMatchObject({
    imageTagMutability: "IMMUTABLE",
    encryptionType: "KMS",
    kmsKey: kmsKeyArn,
    scanType: "BASIC",
    scanFrequency: "SCAN_ON_PUSH",
    lifecyclePolicy: { rules: [{ selection: { countNumber: 100 } }] },
    repositoryPolicy: { Statement: [{ Principal: { AWS: [expect.stringContaining("444455556666")] } }] },
    replicatedTo: ["111122223333 us-west-2"],
    tags: { Layer: "compute", Environment: "test" },
  });
});

test("a replica has a key of its own Region, replicates nowhere, and is of another layer", () => {
  const replica = declared("app", "us-west-2");

  expect(replica).toMatchObject({ encryptionType: "KMS", replicatedTo: [], tags: { Layer: "replicas" } });
  expect(replica).not.toHaveProperty("kmsKey");
});

test("of a cache, the options for new repositories are declared; of an unmanaged one, the registry's", () => {
  expect(declared("quay/team/image")).toMatchObject({
    imageTagMutability: "MUTABLE",
    lifecyclePolicy: { rules: [{ selection: { countNumber: 5 } }] },
  });
  expect(declared("quay/team/image")).not.toHaveProperty("tags");
  expect(declared("team/tool")).toEqual({ scanType: "BASIC", scanFrequency: "MANUAL", replicatedTo: [] });
});

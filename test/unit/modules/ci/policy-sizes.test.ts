import { expect, test } from "vitest";
import { deployPermission } from "../../../../modules/ci/deploy-permission";
import { networkPermission } from "../../../../modules/ci/network-permission";
import { replicaPermission } from "../../../../modules/ci/replica-permission";
import { roleBoundary } from "../../../../modules/ci/role-boundary";
import { statePermission } from "../../../../modules/ci/state-permission";
import { partitionOf } from "../../../../modules/iam/aws-partition";
import { regions } from "../../../../modules/iam/aws-regions";
import { policyDocument } from "../../../../modules/iam/policy-document";

const project = "p".repeat(30);
const environment = "e".repeat(20);
const { partition, region } = [...regions]
  .map((name) => ({ region: name, partition: partitionOf(name) }))
  .reduce((a, b) => (`${a.partition}${a.region}`.length < `${b.partition}${b.region}`.length ? b : a));
const place = {
  partition,
  accountId: "111122223333",
  region,
  project,
  environment,
  tagNames: { project: "P".repeat(32), environment: "E".repeat(32) },
  namePrefix: `${project}-${environment}`,
  repositoryPatterns: [`${project}-${environment}-*`],
};
const bucket = "b".repeat(63);
const kmsKeyArn = `arn:${partition}:kms:${region}:111122223333:key/${"k".repeat(36)}`;

test("the longest names keep the policies of the deploy role within IAM's limits", () => {
  const keys = ["security", "network", `registry-111122223333-${region}`, "compute"].map(
    (layer) => `${project}/${layer}-${environment}/terraform.tfstate`,
  );
  const written = policyDocument([
    ...deployPermission(place, {
      boundaryArn: `arn:${partition}:iam::111122223333:policy/${place.namePrefix}-role-boundary`,
      imageKeyArn: kmsKeyArn,
    }),
    ...statePermission({ partition, region, bucket, keys, kmsKeyArn }, "write"),
  ]);

  // Limits for all inline policies of a role, and for a managed policy.
  expect(written.length).toBeLessThanOrEqual(10_240);
  expect(policyDocument(networkPermission(place)).length).toBeLessThanOrEqual(6_144);
});

test("a policy has room for the replicas of as many Regions as ECR replicates to", () => {
  const replicated = Array.from({ length: 25 }, (_, index) => `${region.slice(0, -2)}${10 + index}`);
  const keys = [`replicas-${environment}`, "registry-111122223333-*"].map(
    (stack) => `${project}/${stack}/terraform.tfstate`,
  );
  const written = policyDocument([
    ...replicaPermission(place, replicated),
    ...statePermission({ partition, region, bucket, keys, kmsKeyArn }, "write"),
  ]);

  expect(written.length).toBeLessThanOrEqual(6_144);
});

test("public repositories, which only commercial Regions have, keep the managed policy within IAM's limit", () => {
  const publicRepositoryArns = [`arn:aws:ecr-public::111122223333:repository/${place.namePrefix}-*`];

  for (const commercial of [...regions].filter((name) => partitionOf(name) === "aws"))
    expect(
      policyDocument(
        networkPermission({ ...place, partition: "aws", region: commercial, publicRepositoryArns }),
      ).length,
    ).toBeLessThanOrEqual(6_144);
});

test("with the longest names, the boundary has space for 1,400 characters of workload actions", () => {
  const workloadActions = ["s".repeat(1_400 - '[""]'.length)];

  expect(
    policyDocument(roleBoundary(place, { bucket, cluster: true, workloadActions })).length,
  ).toBeLessThanOrEqual(6_144);
});

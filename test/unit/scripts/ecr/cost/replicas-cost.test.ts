import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../../environments/load";
import type { AccountConnection } from "../../../../../scripts/ecr/account-connection";
import { measuredCost } from "../../../../../scripts/ecr/cost/measured-cost";
import { answeringClient } from "../../../../support/ecr/answering-client";
import { minimal, only } from "../../../../support/environments/minimal";

const now = new Date("2026-11-29T00:00:00Z");
const gb = 1024 ** 3;
const own = minimal.region;

/** Three images a minute apart, each of one layer of its own of 1 GB, wherever a repository exists. */
function accountWith(ecr: object, missing: (region: string) => boolean = () => false) {
  const [environment] = loadEnvironments(only({ ...minimal, ecr }));
  if (environment === undefined) throw new Error("no environment");
  const calls: string[] = [];
  const client = (region: string) =>
    answeringClient((action) => {
      calls.push(`${region} ${action}`);
      if (missing(region)) return { error: "RepositoryNotFoundException" };
      if (action === "DescribeImages")
        return {
          imageDetails: [1, 2, 3].map((number) => ({
            ...{ imageDigest: `sha256:${String(number).padStart(64, "0")}`, imageSizeInBytes: gb },
            ...{ imagePushedAt: now.getTime() / 1000 - number * 60, imageStatus: "ACTIVE" },
            imageManifestMediaType: "application/vnd.oci.image.manifest.v1+json",
          })),
        };
      return {
        images: [1, 2, 3].map((number) => ({
          imageId: { imageDigest: `sha256:${String(number).padStart(64, "0")}` },
          imageManifest: JSON.stringify({ layers: [{ digest: `sha256:layer${number}`, size: gb }] }),
        })),
      };
    });
  const account = {
    environment,
    ecr: (region = own) => client(region),
    ask: (_: string, request: () => Promise<unknown>) => request(),
  } as unknown as AccountConnection;
  return { account, calls };
}

const costOf = (account: AccountConnection, more: object = {}) =>
  measuredCost(account, {
    ...{ repositories: ["app"], layers: true, maxImageCount: undefined, now, rescans: 0 },
    ...{ since: new Date(now.getTime() - 30 * 86_400_000), progress: () => {}, ...more },
  });

const replicated = {
  repositories: {
    app: {
      enableReplication: true,
      replicationDestinations: [{ region: "us-west-2" }, { region: "us-west-2", registryId: "444455556666" }],
    },
  },
};

test("a replica in the account is measured in its Region; that of another account is somebody else's bill", async () => {
  const { account, calls } = accountWith(replicated);
  const { lines, notes } = await costOf(account);

  expect(calls).toContain("us-west-2 DescribeImages");
  expect(lines.map(({ part, region, quantity }) => [part, region, quantity])).toEqual([
    ["storage", own, 3],
    ["replication", own, 3],
    ["replication", own, 3],
    ["replication", "us-west-2", 3],
  ]);
  expect(notes).toEqual([
    expect.stringMatching(/^The replica of .*app in us-west-2 is billed to account 444455556666\.$/),
  ]);
});

test("fewer images save storage in the replica too", async () => {
  const { savings } = await costOf(accountWith(replicated).account, { maxImageCount: 1 });

  expect(savings.map(({ region, expiring, bytes }) => [region, expiring, bytes])).toEqual([
    [own, 2, 2 * gb],
    ["us-west-2", 2, 2 * gb],
  ]);
});

test("a repository that is not there yet is said, and the rest is measured", async () => {
  const { account } = accountWith(replicated, (region) => region === "us-west-2");
  const { lines, notes } = await costOf(account);

  expect(lines.every(({ region }) => region === own)).toBe(true);
  expect(notes).toContainEqual(
    expect.stringMatching(/does not exist in us-west-2; deploy the environment first/),
  );
});

const byPull = {
  selection: { tagStatus: "any", countType: "sinceImagePulled", countUnit: "days", countNumber: 30 },
  action: { type: "transition", targetStorageClass: "archive" },
};

test("manifests are not read where a rule acts by last pull, because ECR would record pulls", async () => {
  const { account, calls } = accountWith({ repositories: { app: { lifecycleRules: [byPull] } } });
  const { notes } = await costOf(account);

  expect(calls).toEqual([`${own} DescribeImages`]);
  expect(notes).toEqual([
    expect.stringMatching(/were not read, because its lifecycle policy acts by last pull/),
  ]);
});

test("a complete policy of its own has no number to change", async () => {
  const lifecyclePolicy = JSON.stringify({
    rules: [
      {
        ...{ rulePriority: 1, action: { type: "expire" } },
        selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 5 },
      },
    ],
  });
  const { account } = accountWith({ repositories: { app: { lifecyclePolicy } } });
  const { savings, notes } = await costOf(account, { maxImageCount: 1 });

  expect(savings).toEqual([]);
  expect(notes).toEqual([expect.stringMatching(/has a lifecyclePolicy of its own/)]);
});

import fc from "fast-check";
import { expect, test } from "vitest";
import type { ComparedReplica } from "../../../../../scripts/ecr/replication/comparison";
import { completable, obstaclesTo } from "../../../../../scripts/ecr/replication/obstacles";

const account = "111122223333";
const image = { digest: "sha256:0", lack: "absent", tags: [], missingTags: [], bytes: 1 } as const;

const replica = (change: Partial<ComparedReplica> = {}): ComparedReplica => ({
  repository: "acme-prod-app",
  destination: { registryId: account, region: "us-west-2" },
  configured: true,
  exists: true,
  expected: 1,
  lacking: [{ ...image, pushedAt: undefined, mediaType: undefined }],
  ...change,
});

const replicas = fc.array(
  fc
    .record({
      repository: fc.constantFrom("a", "b", "c"),
      region: fc.constantFrom("us-west-2", "eu-west-1"),
      registryId: fc.constantFrom(account, "444455556666"),
      configured: fc.boolean(),
      exists: fc.boolean(),
      complete: fc.boolean(),
    })
    .map(({ region, registryId, complete, ...state }) =>
      replica({ ...state, destination: { region, registryId }, ...(complete && { lacking: [] }) }),
    ),
  { maxLength: 8 },
);

test("a backfill never lets ECR create a repository, and takes every destination where it would not", () => {
  fc.assert(
    fc.property(replicas, (all) => {
      const destinations = new Set(
        completable(all, false).map(({ destination }) => JSON.stringify(destination)),
      );
      for (const text of new Set(all.map(({ destination }) => JSON.stringify(destination)))) {
        // What ECR replicates there: images of repositories that the registry's rules name.
        const replicated = all.filter(
          ({ destination, configured, lacking }) =>
            JSON.stringify(destination) === text && configured && lacking.length > 0,
        );
        const creates = replicated.some(({ exists }) => !exists);
        expect(destinations.has(text)).toBe(replicated.length > 0 && !creates);
      }
    }),
  );
});

test("a copy takes each replica that has a repository and lacks images", () => {
  fc.assert(
    fc.property(replicas, (all) => {
      expect(completable(all, true)).toEqual(
        all.filter(({ exists, lacking }) => exists && lacking.length > 0),
      );
    }),
  );
});

test("whoever owns the account creates a missing repository", () => {
  const foreign = { registryId: "444455556666", region: "us-west-2" };
  const texts = [replica({ exists: false }), replica({ exists: false, destination: foreign })].map((one) =>
    obstaclesTo(one, { name: "prod", accountId: account }, true),
  );

  expect(texts).toEqual([
    [
      "acme-prod-app does not exist in account 111122223333, us-west-2; create it first (npm run deploy -- prod), because ECR would create it with AES256 and mutable tags",
    ],
    [
      "acme-prod-app does not exist in account 444455556666, us-west-2; ask the owner of that account to create it, because ECR would create it with AES256 and mutable tags",
    ],
  ]);
});

test("a backfill also needs the rules of the registry; what is complete has no obstacles", () => {
  const owner = { name: "prod", accountId: account };

  expect(obstaclesTo(replica({ configured: false }), owner, false)).toEqual([
    "The registry does not replicate acme-prod-app to account 111122223333, us-west-2 yet; deploy it first: npm run deploy -- prod --layer registry",
  ]);
  expect(obstaclesTo(replica({ configured: false }), owner, true)).toEqual([]);
  expect(obstaclesTo(replica({ exists: false, configured: false, lacking: [] }), owner, false)).toEqual([]);
});

import type { ECRClient } from "@aws-sdk/client-ecr";
import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../../environments/load";
import type { AccountConnection } from "../../../../../scripts/ecr/account-connection";
import { quotas } from "../../../../../scripts/ecr/doctor/quotas";
import { answeringClient } from "../../../../support/ecr/answering-client";
import { withRepository } from "../../../../support/environments/one-repository";

const [environment] = loadEnvironments(
  withRepository({ enableReplication: true, replicationDestinations: [{ region: "us-west-2" }] }),
);
if (environment === undefined) throw new Error("no environment");
const home = environment.region;

/** An account with this many images in the repository of each Region, and what Service Quotas answers. */
function accountWith(images: Readonly<Record<string, number>>, quota: number | Error) {
  const client = (region: string) =>
    answeringClient((action, { nextToken = "0" }) => {
      if (action === "DescribeRepositories") return { repositories: [{}, {}] };
      const [from, all] = [Number(nextToken), images[region] ?? 0];
      const page = Math.min(1000, all - from);
      return {
        imageDetails: Array.from({ length: page }, () => ({})),
        ...(from + page < all && { nextToken: `${from + page}` }),
      };
    });
  const byRegion = new Map<string, ECRClient>();
  return {
    ...{ environment, accountId: environment?.accountId },
    ecr: (region = home) => {
      const found = byRegion.get(region) ?? client(region);
      byRegion.set(region, found);
      return found;
    },
    client: () => ({
      send: async () => {
        if (quota instanceof Error) throw quota;
        return { Quota: { Value: quota } };
      },
    }),
  } as unknown as AccountConnection;
}
const textsOf = async (account: AccountConnection) =>
  (await quotas(account)).map(({ state, text }) => `${state}: ${text}`);

test("images are counted in each repository and replica, and compared with the quota of the account", async () => {
  expect(await textsOf(accountWith({ [home]: 3, "us-west-2": 4_100 }, 5_000))).toEqual([
    `ok: The registry in ${home} has 2 repositories, of 5000, its quota.`,
    "ok: acme-test-app has most images, 3, of 5000, its quota.",
    "ok: The registry in us-west-2 has 2 repositories, of 5000, its quota.",
    "note: acme-test-app in us-west-2 has 4100 images, of 5000, its quota.",
  ]);
});

test("a repository that is full is a problem, with what to ask for", async () => {
  const found = await quotas(accountWith({ [home]: 5_000 }, 5_000));

  expect(found.filter(({ state }) => state === "problem")).toEqual([
    {
      state: "problem",
      text: "acme-test-app has 5000 images, of 5000, its quota.",
      advice: "Ask for more: Service Quotas, Amazon ECR, Images per repository (L-03A36CE1).",
    },
  ]);
});

test("where the quota cannot be read, AWS's default counts, and that is said", async () => {
  const denied = Object.assign(new Error("not allowed."), { name: "AccessDeniedException" });

  const [, images] = await textsOf(accountWith({ [home]: 1 }, denied));

  expect(images).toBe(
    "ok: acme-test-app has most images, 1, of 100000, AWS's default quota. The quota of this account cannot be read: AccessDeniedException: not allowed.",
  );
});

test("an empty repository and one that does not exist have no images", async () => {
  const account = accountWith({}, 10);
  const missing = answeringClient((action) =>
    action === "DescribeRepositories" ? { repositories: [] } : { error: "RepositoryNotFoundException" },
  );
  const texts = await textsOf({
    ...account,
    ecr: (region?: string) => (region === "us-west-2" ? missing : account.ecr(region)),
  } as unknown as AccountConnection);

  expect(texts).toEqual([
    `ok: The registry in ${home} has 2 repositories, of 10, its quota.`,
    "ok: acme-test-app has most images, 0, of 10, its quota.",
    "ok: The registry in us-west-2 has 0 repositories, of 10, its quota.",
    "ok: acme-test-app in us-west-2 has most images, 0, of 10, its quota.",
  ]);
});

import { DescribeImagesCommand, ECRClient } from "@aws-sdk/client-ecr";
import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../../environments/load";
import type { AccountConnection } from "../../../../../scripts/ecr/account-connection";
import { protectRepository } from "../../../../../scripts/ecr/protection/protect-repository";
import { withRepository } from "../../../../support/environments/one-repository";

const [environment] = loadEnvironments(withRepository({}));
if (environment === undefined) throw new Error("no environment");
const { accountId } = environment;

const digest = `sha256:${"a".repeat(64)}`;
const imageDetails = [{ imageDigest: digest, imageTags: ["v1"], imagePushedAt: new Date(0) }];
const lifecyclePolicyText = JSON.stringify({
  rules: [
    {
      rulePriority: 1,
      selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 1 },
      action: { type: "expire" },
    },
  ],
});

/** An account in which every Region has the same image; notes which Regions are asked. */
function accountWith(asked: Set<string>): AccountConnection {
  const ecr = (region = "eu-west-1") => {
    const client = new ECRClient({ region });
    client.send = (async (command: object) => {
      asked.add(region);
      return command instanceof DescribeImagesCommand ? { imageDetails } : { lifecyclePolicyText };
    }) as never;
    return client;
  };
  const ask = (_: string, request: () => Promise<unknown>) => request();
  return { environment, accountId, ecr, ask } as unknown as AccountConnection;
}

const running = [{ uri: `${accountId}.dkr.ecr.us-east-1.amazonaws.com/acme-test-app:v1`, user: "a service" }];
const options = {
  ...{ shortName: "app", running, pattern: "running-*", apply: false, release: false },
  signal: new AbortController().signal,
};

test("an image that runs from a replica is one of the replica's Region, and of no other", async () => {
  const asked = new Set<string>();
  const account = accountWith(asked);
  const replica = await protectRepository(account, { ...options, region: "us-east-1" });

  expect([...asked]).toEqual(["us-east-1"]);
  expect(replica).toMatchObject({ region: "us-east-1", unprotected: 1, toTag: [{ imageDigest: digest }] });
  expect(await protectRepository(account, { ...options, region: "eu-west-1" })).toMatchObject({
    ...{ unprotected: 0, toTag: [] },
  });
});

test("nothing is asked after Ctrl-C", async () => {
  const asked = new Set<string>();
  const stopped = { ...options, region: "eu-west-1", signal: AbortSignal.abort() };

  await expect(protectRepository(accountWith(asked), stopped)).rejects.toThrow(/abort/i);
  expect(asked.size).toBe(0);
});

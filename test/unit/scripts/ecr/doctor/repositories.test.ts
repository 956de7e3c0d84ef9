import { DescribeRepositoriesCommand } from "@aws-sdk/client-ecr";
import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../../environments/load";
import { policyTextOf } from "../../../../../environments/plan/lifecycle";
import { repositories } from "../../../../../scripts/ecr/doctor/repositories";
import { withRepository } from "../../../../support/environments/one-repository";

const [environment] = loadEnvironments(
  withRepository({
    enableReplication: true,
    replicationDestinations: [{ region: "us-east-1" }, { region: "us-west-2" }],
  }),
);
const options = environment?.ecr.repositories["app"];
if (environment === undefined || options === undefined) throw new Error("no environment");

/** An account with the repository in its own Region, and what a Region answers otherwise. */
const accountWith = (answer: (region: string) => object) => ({
  ...{ environment, accountId: environment.accountId },
  ecr: (region = environment.region) => ({
    send: (async (command: object) => {
      const found = answer(region);
      if (found instanceof Error) throw found;
      return command instanceof DescribeRepositoriesCommand ? {} : found;
    }) as never,
  }),
});
const missing = Object.assign(new Error("none"), { name: "RepositoryNotFoundException" });

test("replicas are checked in their own Regions", async () => {
  const policies: Record<string, object> = {
    "us-east-1": { lifecyclePolicyText: '{"rules":[]}' },
    "us-west-2": missing,
  };
  const account = accountWith((region) => policies[region] ?? { lifecyclePolicyText: policyTextOf(options) });

  expect((await repositories(account)).map(({ text, advice }) => [text, advice])).toEqual([
    ["1 of 3 repositories are as declared.", undefined],
    [
      `acme-test-app in us-east-1: its lifecycle policy is not that of ${environment.file}.`,
      "npm run deploy -- test --layer replicas",
    ],
    ["acme-test-app in us-west-2: the repository does not exist.", "npm run deploy -- test --layer replicas"],
  ]);
});

test("what cannot be read is no repository that is missing", async () => {
  const denied = Object.assign(new Error("no"), { name: "AccessDeniedException" });
  const account = accountWith((region) =>
    region === "us-west-2" ? { lifecyclePolicyText: policyTextOf(options) } : denied,
  );

  expect(await repositories(account)).toEqual([
    { state: "ok", text: "1 of 3 repositories are as declared." },
    { state: "unknown", text: "acme-test-app cannot be read: AccessDeniedException: no" },
    { state: "unknown", text: "acme-test-app in us-east-1 cannot be read: AccessDeniedException: no" },
  ]);
});

import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../../environments/load";
import { AccountConnection } from "../../../../../scripts/ecr/account-connection";
import { chosenRepository } from "../../../../../scripts/ecr/addresses/chosen-repository";
import { repositoryAtAws } from "../../../../../scripts/ecr/describe/at-aws";
import { RepositoryReader } from "../../../../../scripts/ecr/images/repository-reader";
import { type Answer, answeringClient } from "../../../../support/ecr/answering-client";
import { minimal, only } from "../../../../support/environments/minimal";

const [environment] = loadEnvironments(only({ ...minimal, ecr: { repositories: { app: {} } } }));
if (environment === undefined) throw new Error("no environment");

const answers: Readonly<Record<string, Answer>> = {
  DescribeRepositories: {
    repositories: [{ repositoryArn: "arn:aws:ecr:eu-west-1:111122223333:repository/acme-test-app" }],
  },
  GetLifecyclePolicy: { lifecyclePolicyText: '{"rules":[]}' },
  GetRepositoryPolicy: { error: "RepositoryPolicyNotFoundException" },
  BatchGetRepositoryScanningConfiguration: { scanningConfigurations: [{ scanFrequency: "CONTINUOUS_SCAN" }] },
  GetRegistryScanningConfiguration: { scanningConfiguration: { scanType: "ENHANCED" } },
  DescribeRegistry: {
    replicationConfiguration: {
      rules: [
        { destinations: [{ region: "us-west-2", registryId: "111122223333" }] },
        {
          destinations: [{ region: "us-east-1", registryId: "111122223333" }],
          repositoryFilters: [{ filter: "other-", filterType: "PREFIX_MATCH" }],
        },
      ],
    },
  },
  ListTagsForResource: {
    tags: [
      { Key: "Project", Value: "acme" },
      { Key: "aws:cloudformation:stack-name", Value: "x" },
    ],
  },
};

function found(changed: Readonly<Record<string, Answer>> = {}) {
  const all = { ...answers, ...changed };
  const client = answeringClient((action) => all[action] ?? { error: "Unexpected" });
  const account = {
    environment,
    accountId: environment?.accountId,
    ecr: () => client,
    ask: AccountConnection.prototype.ask,
  };
  const repository = chosenRepository(environment as never, { repository: "app" });
  const signal = new AbortController().signal;
  return repositoryAtAws(new RepositoryReader(account as unknown as AccountConnection, repository, signal));
}

test("reads every setting; a rule without a filter replicates every repository, and AWS's own tags do not count", async () => {
  expect(await found()).toMatchObject({
    unread: {},
    settings: {
      imageTagMutability: "MUTABLE",
      imageTagMutabilityExclusionFilters: [],
      encryptionType: "AES256",
      kmsKey: null,
      lifecyclePolicy: { rules: [] },
      repositoryPolicy: null,
      scanFrequency: "CONTINUOUS_SCAN",
      scanType: "ENHANCED",
      replicatedTo: ["111122223333 us-west-2"],
      tags: { Project: "acme" },
    },
  });
});

test("what the principal may not read is named, and the rest is read", async () => {
  const result = await found({ DescribeRegistry: { error: "AccessDeniedException" } });

  expect(result?.settings).not.toHaveProperty("replicatedTo");
  expect(result?.settings).toHaveProperty("lifecyclePolicy");
  expect(result?.unread.replicatedTo).toContain("AccessDeniedException");
});

test("a repository that AWS does not have is undefined; not being allowed to ask is an error", async () => {
  expect(await found({ DescribeRepositories: { error: "RepositoryNotFoundException" } })).toBeUndefined();
  await expect(found({ DescribeRepositories: { error: "AccessDeniedException" } })).rejects.toThrow(
    /^acme-test-app in account 111122223333, eu-west-1 cannot be read: AccessDeniedException/,
  );
});

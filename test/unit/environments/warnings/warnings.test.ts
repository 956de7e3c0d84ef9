import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import { warningsOf } from "../../../../environments/warnings/warnings";
import { problemsIn } from "../../../support/environments/load-message";
import { minimal, only } from "../../../support/environments/minimal";
import type { EcrInput } from "../../../support/environments/one-repository";

const replicatedTo = (...regions: string[]) => ({
  enableReplication: true,
  replicationDestinations: regions.map((region) => ({ region })),
});

const foreign = (...regions: string[]) => ({
  enableReplication: true,
  replicationDestinations: regions.map((region) => ({ region, registryId: "444455556666" })),
});

const repositories = {
  web: foreign("us-west-2", "eu-central-1"),
  api: foreign("us-west-2"),
  worker: replicatedTo("us-west-2"),
};

const warnings = (ecr: EcrInput, change: Partial<EnvironmentInput> = {}) =>
  warningsOf(loadEnvironments(only({ ...minimal, ...change, ecr })));

test("replicas of encrypted repositories in other accounts are warned of, once for each file", () => {
  expect(warnings({ encryptionType: "KMS", repositories })).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecr.repositories: AWS replicates images, not settings: the replicas in other accounts (444455556666 in eu-central-1, 444455556666 in us-west-2) get AES256 encryption and mutable tags unless those registries have a repository creation template. To print one to hand over: npm run --silent ecr -- registry policy --env test [replicas-without-settings]",
      "environments/test.ts: ecr: No environment of this project has the registry of 444455556666 in us-west-2, 444455556666 in eu-central-1, so its owner must allow the replication. To print the policy and a repository creation template to hand over: npm run --silent ecr -- registry policy --env test [replication-policy-elsewhere]",
    ]
  `);
});

test("replicas of repositories without a key are not warned of, only who must allow them", () => {
  expect(warnings({ encryptionType: "AES256", repositories })).toEqual([
    expect.stringMatching(/\[replication-policy-elsewhere]$/),
  ]);
});

test.each([
  ["without a key", { encryptionType: "AES256", repositories: { worker: replicatedTo("us-west-2") } }],
  ["without replicas", { encryptionType: "KMS", repositories: { worker: {} } }],
  [
    "with replicas in the own account, which are encrypted too,",
    { encryptionType: "KMS", repositories: { worker: replicatedTo("us-west-2") } },
  ],
] as const)("repositories %s need no warning", (_, ecr) => {
  expect(warnings(ecr)).toEqual([]);
});

test("replication to an account without an environment is warned of, with the command that prints its policy", () => {
  const one = { repositories: { web: foreign("us-west-2"), api: foreign("us-west-2") } };
  const files = (region: string) => ({
    ...only({ ...minimal, ecr: one }),
    ...only({
      ...minimal,
      name: "there",
      region,
      accountId: "444455556666",
      ecr: { allowReplicaCreation: true },
    }),
  });

  expect(warnings(one)).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecr: No environment of this project has the registry of 444455556666 in us-west-2, so its owner must allow the replication. To print the policy and a repository creation template to hand over: npm run --silent ecr -- registry policy --env test [replication-policy-elsewhere]",
    ]
  `);
  expect(warningsOf(loadEnvironments(files("us-west-2")))).toEqual([]);
  expect(warningsOf(loadEnvironments(files("us-east-1")))).toHaveLength(1);
});

test("a registry that receives images for repositories that may not be created is warned of", () => {
  const files = {
    ...only({ ...minimal, ecr: { repositories: { web: foreign("us-west-2") } } }),
    ...only({ ...minimal, name: "there", region: "us-west-2", accountId: "444455556666" }),
  };

  expect(warningsOf(loadEnvironments(files))).toMatchInlineSnapshot(`
    [
      "environments/there.ts: ecr.allowReplicaCreation: The registry receives acme-test-* from 111122223333, and replication of an image fails, which only CloudTrail shows, while this registry has no repository of its name. Create these repositories, or set allowReplicaCreation: true. [replicas-not-created]",
    ]
  `);
});

test("a rule by last pull is warned of once for the replicas, where it does not act", () => {
  const lifecycleRules = [
    {
      selection: { tagStatus: "any", countType: "sinceImagePulled", countUnit: "days", countNumber: 30 },
      action: { type: "transition", targetStorageClass: "archive" },
    },
  ] as const;
  const options = { lifecycleRules: [...lifecycleRules] };

  expect(
    warnings({
      repositories: {
        web: { ...options, ...replicatedTo("us-west-2", "eu-central-1") },
        job: { ...options, ...foreign("us-west-2") },
        worker: options,
      },
    }),
  ).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecr.repositories.web.lifecycleRules[0]: Nothing pulls from the replicas in eu-central-1, us-west-2, so rules by last pull do not act there: a replica keeps the images that these rules archive here. Delete them there yourself, or count days since the push. [replica-without-archiving]",
      "environments/test.ts: ecr: No environment of this project has the registry of 444455556666 in us-west-2, so its owner must allow the replication. To print the policy and a repository creation template to hand over: npm run --silent ecr -- registry policy --env test [replication-policy-elsewhere]",
    ]
  `);
});

const selection = { tagStatus: "tagged", countType: "imageCountMoreThan", countNumber: 5 } as const;

test("a warning of a lifecycle rule is given at the option that the rule comes from", () => {
  const policy = {
    rules: [
      { rulePriority: 1, selection: { ...selection, tagPrefixList: ["v*"] }, action: { type: "expire" } },
    ],
  };

  const found = warnings({
    repositories: {
      json: { lifecyclePolicy: JSON.stringify(policy) },
      rules: {
        protectedTags: ["release-*"],
        lifecycleRules: [{ selection: { ...selection, tagPatternList: ["release-1.*"] } }],
      },
      parts: { multiArchitecture: true, untaggedExpiryDays: 3 },
      lambda: { enableLambdaPull: true, maxImageCount: 5 },
    },
  });

  expect(found.map((line) => line.replace(/: [A-Z].*\[/, ": … ["))).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecr.repositories.json.lifecyclePolicy.rules[0]: … [lifecycle-rule-matches-nothing]",
      "environments/test.ts: ecr.repositories.rules.lifecycleRules[0]: … [lifecycle-rule-shadowed]",
      "environments/test.ts: ecr.repositories.parts.untaggedExpiryDays: … [untagged-expiry-of-multi-architecture]",
      "environments/test.ts: ecr.repositories.lambda.maxImageCount: … [lambda-image-may-go]",
    ]
  `);
});

const lambdas = { one: { enableLambdaPull: true }, two: { enableLambdaPull: true } };
const accepted = { warning: "lambda-image-may-go", reason: "Functions are rebuilt weekly." } as const;

test("a warning is accepted for the environment or for one repository", () => {
  expect(warnings({ repositories: lambdas })).toHaveLength(2);
  expect(warnings({ repositories: lambdas }, { acceptedWarnings: [accepted] })).toEqual([]);
  expect(
    warnings({ repositories: lambdas }, { acceptedWarnings: [{ ...accepted, repository: "one" }] }),
  ).toEqual([expect.stringContaining("ecr.repositories.two.maxImageCount")]);
});

test("an acceptance that nothing needs is warned of", () => {
  expect(warnings({ repositories: {} }, { acceptedWarnings: [accepted] })).toMatchInlineSnapshot(`
    [
      "environments/test.ts: acceptedWarnings[0]: This warning no longer occurs; remove the entry.",
    ]
  `);
});

const organization = { allowedOrganizationIds: ["o-a1b2c3d4e5"] };
const unit = { allowedOrganizationPaths: ["o-a1b2c3d4e5/r-ab12/*"] };

test("Lambda in a repository of an organization is warned of until accounts are named", () => {
  const lambda = { enableLambdaPull: true, lifecyclePolicy: null, protectedTags: ["*"] };
  const accounts = { enableCrossAccountAccess: true, allowedAccountIds: ["444455556666"] };

  const found = warnings({
    repositories: {
      whole: { ...lambda, ...organization },
      part: { ...lambda, ...unit },
      named: { ...lambda, ...organization, ...accounts },
      without: { ...organization },
      alone: lambda,
    },
  }).filter((line) => line.endsWith("[organization-without-lambda]"));

  expect(found).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecr.repositories.whole.allowedOrganizationIds: An organization contains IAM principals, not the Lambda service: Lambda may pull only for functions in this account. Add the accounts whose functions run these images to allowedAccountIds. [organization-without-lambda]",
      "environments/test.ts: ecr.repositories.part.allowedOrganizationPaths: An organization contains IAM principals, not the Lambda service: Lambda may pull only for functions in this account. Add the accounts whose functions run these images to allowedAccountIds. [organization-without-lambda]",
    ]
  `);
});
const enhanced = { enableEnhancedScanning: true };
const manual = { scanOnPush: false };

test("a repository without scans is warned of where the registry scans enhanced, as it cannot be scanned by hand", () => {
  expect(
    warnings({
      repositories: { app: enhanced, job: manual },
      unmanagedRepositories: { "team/tool": manual },
    }),
  ).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecr.repositories.job.scanOnPush: The registry uses enhanced scanning (requested by acme-test-app), which does not support manual scans: images in this repository cannot be scanned. [manual-scans-unavailable]",
      "environments/test.ts: ecr.unmanagedRepositories["team/tool"].scanOnPush: The registry uses enhanced scanning (requested by acme-test-app), which does not support manual scans: images in this repository cannot be scanned. [manual-scans-unavailable]",
    ]
  `);
});

test("the enhanced scanning may be asked for by another file of the registry", () => {
  const files = {
    ...only({ ...minimal, name: "one", ecr: { repositories: { app: enhanced } } }),
    ...only({ ...minimal, name: "two", ecr: { repositories: { job: manual } } }),
  };

  expect(warningsOf(loadEnvironments(files)).map((line) => line.split(": ").slice(0, 2))).toEqual([
    ["environments/two.ts", "ecr.repositories.job.scanOnPush"],
  ]);
});

test.each([
  ["where the registry scans basic", { repositories: { app: {}, job: manual } }],
  ["where nothing is scanned", { repositories: { job: manual } }],
])("a repository without scans needs no warning %s", (_, ecr) => {
  expect(warnings(ecr)).toEqual([]);
});

test("a repository without scans needs no warning beside a registry of another Region that scans enhanced", () => {
  const files = {
    ...only({ ...minimal, name: "one", region: "us-east-1", ecr: { repositories: { app: enhanced } } }),
    ...only({ ...minimal, name: "two", ecr: { repositories: { job: manual } } }),
  };

  expect(warningsOf(loadEnvironments(files))).toEqual([]);
});

test("the warning of an unmanaged repository is accepted by its full name", () => {
  const entry = { warning: "manual-scans-unavailable", reason: "Nothing runs it any more." } as const;

  expect(
    warnings(
      { repositories: { app: enhanced }, unmanagedRepositories: { "team/tool": manual } },
      { acceptedWarnings: [{ ...entry, repository: "team/tool" }] },
    ),
  ).toEqual([]);
});

test("fails when who accepts a warning does not say why", () => {
  const acceptedWarnings = [{ warning: "image-in-use-may-go", reason: "because" } as const];

  expect(problemsIn(only({ ...minimal, acceptedWarnings }))).toEqual([
    'environments/test.ts: acceptedWarnings[0].reason: found "because"; an accepted warning needs a reason; write a sentence',
  ]);
});

test("warns of a repository, a cache and a template without lifecycle policy", () => {
  const lifecyclePolicy = "none";
  const environments = loadEnvironments(
    only({
      ...minimal,
      ecr: {
        repositories: { app: { lifecyclePolicy } },
        pullThroughCache: { quay: { upstream: "quay", lifecyclePolicy } },
        creationTemplates: { team: { appliedFor: ["REPLICATION"], lifecyclePolicy } },
      },
    }),
  );

  expect(warningsOf(environments)).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecr.repositories.app.lifecyclePolicy: There is no lifecycle policy: every image is kept, and paid for, until someone deletes it. [no-lifecycle-policy]",
      "environments/test.ts: ecr.pullThroughCache.quay.lifecyclePolicy: There is no lifecycle policy: every image is kept, and paid for, until someone deletes it. [no-lifecycle-policy]",
      "environments/test.ts: ecr.creationTemplates.team.lifecyclePolicy: There is no lifecycle policy: every image is kept, and paid for, until someone deletes it. [no-lifecycle-policy]",
    ]
  `);
});

test("more names without a common start than filters are scanned in groups, with a warning", () => {
  const named = (count: number) => ({
    repositories: Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`r${index}`, { name: `team${index % 3}/app-${index}` }]),
    ),
  });

  expect(warnings(named(100))).toEqual([]);
  expect(warnings(named(101))).toMatchInlineSnapshot(`
    [
      "environments/test.ts: naming.repository: More than 100 repositories have names without a common start, so these scanning filters also match repositories of the registry that no file declares: team0/*, team1/*, team2/*. Use names that start alike, and a pattern with that start. [scanning-covers-others]",
    ]
  `);
});

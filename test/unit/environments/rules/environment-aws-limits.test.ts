import { expect, test } from "vitest";
import { maxAdministratorBytes, maxKeyPolicyBytes } from "../../../../modules/kms/key-policy-size";
import { changedAt } from "../../../support/environments/change-at";
import { problemsIn } from "../../../support/environments/load-message";
import { synth } from "../../../support/synth";

const bucket = "acme-tfstate-111122223333";
const role = "arn:aws:iam::111122223333:role/";
const web = "ecs.services.web";
const resize = "lambda.functions.resize";
const many = (count: number, of: (index: number) => string) => Array.from({ length: count }, (_, i) => of(i));
const variables = (bytes: number) => ({ BIG: "x".repeat(bytes) });

/** Option, what AWS rejects, where the problem is reported, and a part of the message. */
const rejected: readonly (readonly [string, unknown, string, string])[] = [
  ...["xn--acme", "sthree-acme", "sthree-configurator", "amzn-s3-demo-acme"].map(
    (name) => ["state.bucket", name, "state.bucket", "S3 reserves bucket names that start with"] as const,
  ),
  ...["acme-s3alias", "acme--ol-s3", "acme.mrap", "acme--x-s3", "acme--use1-az4--x-s3", "acme--table-s3"].map(
    (name) => ["state.bucket", name, "state.bucket", "S3 reserves bucket names that end with"] as const,
  ),
  ...[
    "ab",
    "a".repeat(64),
    "Acme",
    "acme_state",
    "-acme",
    "acme-",
    ".acme",
    "acme.",
    "a..b",
    "acme bucket",
    "",
  ].map((name) => ["state.bucket", name, "state.bucket", "an S3 bucket name has 3 to 63"] as const),
  ["state.bucket", "192.168.5.4", "state.bucket", "cannot look like an IP address"],
  ["state.bucket", 5, "state.bucket", "this must be the name of an S3 bucket"],
  ["state.bucket", "acme-111122223333-eu-west-1-an", "state.bucket", "set createBucket: false"],
  ["state.keyPrefix", "a".repeat(980), "state.keyPrefix", "a key in S3 has at most 1024 bytes"],
  ["state.keyPrefix", `${"a/".repeat(520)}a`, "state.keyPrefix", "a key in S3 has at most 1024 bytes"],
  ...[".", "..", "a/../b", "./a", "a/.", "a//b", "/a", "a/", "a b"].map(
    (prefix) => ["state.keyPrefix", prefix, "state.keyPrefix", "a prefix has letters"] as const,
  ),
  ...[
    `${role}/x`,
    `${role}a//x`,
    `${role}x/`,
    role,
    `${role}${"x".repeat(65)}`,
    `${role}${`${"p".repeat(60)}/`.repeat(9)}x`,
    `${role}x*`,
    "arn:aws:iam::111122223333:root",
    "arn:aws:sts::111122223333:assumed-role/x/y",
    "arn:aws:iam::111122223333:user/",
    "arn:aws:iam::111122223333:group/x",
  ].map(
    (arn) =>
      [
        "security.kms.administrators",
        [arn],
        "security.kms.administrators[0]",
        "this must be the ARN of an IAM role or user",
      ] as const,
  ),
  [
    "security.kms.administrators",
    ["arn:aws-cn:iam::111122223333:role/x"],
    "security.kms.administrators[0]",
    "use an ARN that starts with arn:aws:",
  ],
  [
    "security.kms.administrators",
    [`${role}x`, `${role}x`],
    "security.kms.administrators[1]",
    "this administrator is listed twice",
  ],
  [
    "security.kms.administrators",
    many(300, (index) => `${role}${"x".repeat(58)}${index}`),
    "security.kms.administrators",
    "the key policy has space for 28000",
  ],
  [`${web}.environment`, variables(65_000), web, "ECS allows 65536 bytes"],
  [`${web}.environment`, { BIG: "é".repeat(33_000) }, web, "ECS allows 65536 bytes"],
  [
    `${web}.environment`,
    Object.fromEntries(many(700, (index) => `variable.${index}`).map((name) => [name, "x".repeat(70)])),
    web,
    "ECS allows 65536 bytes",
  ],
  [`${web}.healthCheckCommand`, ["CMD-SHELL", "x".repeat(66_000)], web, "ECS allows 65536 bytes"],
  ...["a b", "a=b", "=", " ", "a\tb", "a\nb", ""].map(
    (name) =>
      [
        `${web}.environment`,
        { [name]: "x" },
        `${web}.environment[${JSON.stringify(name)}]`,
        "a variable name has no spaces",
      ] as const,
  ),
  ...[
    "/tmp/..",
    "/..",
    "/../etc",
    "/a/../b",
    "/.",
    "/a/./b",
    "/",
    "tmp",
    "/tmp/",
    "//tmp",
    `/${"x".repeat(256)}`,
  ].map(
    (path) =>
      [
        `${web}.writablePaths`,
        [path],
        `${web}.writablePaths[0]`,
        "this must be a directory in the container",
      ] as const,
  ),
  [`${resize}.command`, many(1501, () => "x"), `${resize}.command`, "Lambda allows 1500 strings"],
  [`${resize}.entryPoint`, many(1501, () => "x"), `${resize}.entryPoint`, "Lambda allows 1500 strings"],
  [`${resize}.environment`, variables(4096), `${resize}.environment`, "Lambda allows 4096 bytes"],
  [
    `${resize}.environment`,
    { "discovery.type": "x" },
    `${resize}.environment["discovery.type"]`,
    "a variable name has two or more letters",
  ],
  ...["", "   ", "a".repeat(256), "a\nb", "a\tb", "日本"].flatMap((audience) => [
    [
      "security.ci.github.audience",
      audience,
      "security.ci.github.audience",
      "an audience has 1 to 255",
    ] as const,
    [
      "security.ci.gitlab.audience",
      audience,
      "security.ci.gitlab.audience",
      "an audience has 1 to 255",
    ] as const,
  ]),
  [
    "security.ci.gitlab.url",
    `https://${"a".repeat(250)}.com`,
    "security.ci.gitlab.url",
    "up to 255 characters",
  ],
  ...[
    "bob",
    "a@b",
    "@example.com",
    "a@",
    "a..b@example.com",
    ".a@example.com",
    "a.@example.com",
    "a@example..com",
    "a@-example.com",
    "a@example-.com",
    "a@.com",
    "a@example.com.",
    "a@1.2.3.4",
    "a b@example.com",
    "a@b@example.com",
    "Ann <ann@example.com>",
    "a@example.com, b@example.com",
    "mailto:a@example.com",
    "a@exam_ple.com",
    `${"a".repeat(65)}@example.com`,
    `a@${"b".repeat(64)}.com`,
    `a@${`${"b".repeat(60)}.`.repeat(5)}com`,
    "ä@example.com",
    "a@example.com\n",
  ].map(
    (address) =>
      ["ecr.alerts.emails", [address], "ecr.alerts.emails[0]", "this must be an email address"] as const,
  ),
  ...["          ", "short", " \n\t        \n ", "a         "].flatMap((reason) => [
    [
      "acceptedWarnings",
      [{ warning: "lambda-runs-a-tag", reason }],
      "acceptedWarnings[0].reason",
      "an accepted warning needs a reason",
    ] as const,
    [
      "productionExceptions",
      [{ rule: "nat-per-zone", reason }],
      "productionExceptions[0].reason",
      "an exception needs a reason",
    ] as const,
  ]),
  [
    "ecr.pullThroughCache.public.pullRoleArns",
    [`${role}a//x`],
    "ecr.pullThroughCache.public.pullRoleArns[0]",
    "this must be the ARN of one IAM role",
  ],
  [
    "eks.accessEntries",
    { [`${role}a//x`]: { policy: "AmazonEKSViewPolicy" } },
    `eks.accessEntries["${role}a//x"]`,
    "an access entry needs the ARN of an IAM role",
  ],
  ...["99999999999999999999m", "1000", "0", "1.5"].map(
    (cpu) =>
      ["eks.deployments.api.cpu", cpu, "eks.deployments.api.cpu", "CPU is in up to 999 whole"] as const,
  ),
  ...["99999999999999999999Mi", "0Mi", "256"].map(
    (memory) =>
      ["eks.deployments.api.memory", memory, "eks.deployments.api.memory", "memory is a number"] as const,
  ),
  ...[Number.MAX_SAFE_INTEGER, 1e21, Number.POSITIVE_INFINITY, Number.NaN, 1e-7, -1, 2 ** 31].flatMap(
    (number) =>
      [
        "ecr.repositories.app.maxImageCount",
        "ecr.repositories.app.untaggedExpiryDays",
        "security.kms.rotationPeriodInDays",
        `${resize}.reservedConcurrency`,
        `${web}.desiredCount`,
        `${web}.port`,
        "eks.nodeGroups.general.maxSize",
        "eks.nodeGroups.general.diskSize",
        "eks.deployments.api.replicas",
      ].map((option) => [option, number, option, ";"] as const),
  ),
  [
    "ecr",
    {
      encryptionType: "KMS",
      kmsKeyArn: "arn:aws-cn:kms:eu-west-1:111122223333:key/1234abcd",
      repositories: { app: { enableLambdaPull: true } },
    },
    "ecr.kmsKeyArn",
    "starts with arn:aws:",
  ],
  [
    "state.kmsKeyArn",
    "arn:aws-us-gov:kms:eu-west-1:111122223333:key/1234abcd",
    "state.kmsKeyArn",
    "starts with arn:aws:",
  ],
  [
    "ecr.alerts.topicArn",
    "arn:aws-cn:sns:eu-west-1:111122223333:x",
    "ecr.alerts.topicArn",
    "starts with arn:aws:",
  ],
  [
    `${web}.loadBalancer`,
    { certificateArn: "arn:aws-eusc:acm:eu-west-1:111122223333:certificate/0123abcd-ef" },
    `${web}.loadBalancer.certificateArn`,
    "starts with arn:aws:",
  ],
  [
    "ecr.pullThroughCache.public.pullRoleArns",
    ["arn:aws-iso-b:iam::111122223333:role/x"],
    "ecr.pullThroughCache.public.pullRoleArns[0]",
    "starts with arn:aws:",
  ],
  [
    "ecr.repositories.app.pullRoleArns",
    ["arn:aws-cn:iam::222233334444:role/x"],
    "ecr.repositories.app.pullRoleArns[0]",
    "use a role in the partition aws",
  ],
  [
    "eks.accessEntries",
    { "arn:aws-cn:iam::111122223333:role/x": { policy: "AmazonEKSViewPolicy" } },
    'eks.accessEntries["arn:aws-cn:iam::111122223333:role/x"]',
    "a role in another partition cannot access the cluster",
  ],
  ["state.region", "cn-north-1", "state.region", "use a Region in the partition aws"],
  [
    "security.ci.plan.trust",
    many(300, (index) => `release-${index}`).map((branch) => ({ github: "acme/app", branch })),
    "security.ci.plan.trust",
    "IAM allows at most 8192",
  ],
];

test.each(rejected)("fails when %s is %j", (option, value, at, message) => {
  const problems = problemsIn(changedAt({ [option]: value }));

  expect(problems.filter((line) => line.startsWith(`environments/test.ts: ${at}: found `))).toEqual([
    expect.stringContaining(message),
  ]);
});

const accepted: readonly (readonly [string, unknown])[] = [
  ...[bucket, "abc", "a".repeat(63), "my.company.state", "a-an-b", "123", "s3alias", "amzn-s3"].map(
    (name) => ["state.bucket", name] as const,
  ),
  ["state", { backend: "s3", bucket: "acme-111122223333-eu-west-1-an", createBucket: false }],
  ["state.keyPrefix", "a".repeat(950)],
  ["state.keyPrefix", "a/.b/..c/d."],
  [
    "security.kms.administrators",
    [
      `${role}x`,
      `${role}a/b/x`,
      "arn:aws:iam::444455556666:user/ann@example.com",
      `${role}${"x".repeat(64)}`,
    ],
  ],
  [`${web}.environment`, variables(64_000)],
  [`${web}.environment`, { TEMPLATE: "${x}".repeat(15_000) }],
  [
    `${web}.environment`,
    {
      "discovery.type": "single-node",
      "a-b": "",
      "1": "x",
      "spring.datasource.url": "x",
      ÄÖ: "x",
      lower: "x",
    },
  ],
  [
    `${web}.writablePaths`,
    ["/tmp", "/var/cache/nginx", "/.cache", "/..data", "/a/...", `/${"x".repeat(255)}`],
  ],
  [`${resize}.command`, many(1500, () => "x")],
  [`${resize}.entryPoint`, ["/init", " "].slice(0, 1)],
  ["security.ci.github.audience", "a".repeat(255)],
  ["security.ci.gitlab.audience", "https://gitlab.example.com/a?b=c d é"],
  [
    "ecr.alerts.emails",
    [
      "team@example.com",
      "first.last+alerts@sub.example.co.uk",
      "o'brien@example.com",
      "a@xn--bcher-kva.example",
      "x@a1.b2.c3d",
      `${"a".repeat(64)}@${"b".repeat(63)}.com`,
      "!#$%&'*+/=?^_`{|}~-@example.com",
    ],
  ],
  ["eks.deployments.api.cpu", "2"],
  ["eks.deployments.api.memory", "4096Mi"],
  ["ecr.repositories.app.maxImageCount", 100_000],
  ["ecr.repositories.app.untaggedExpiryDays", 1],
  [`${web}.desiredCount`, -0],
];

test.each(accepted)("%s may be %j", (option, value) => {
  expect(problemsIn(changedAt({ [option]: value }))).toEqual([]);
});

test("as many administrators as the rule allows keep every key policy within the limit of KMS", () => {
  const name = "e".repeat(20);
  const administrators = many(
    400,
    (index) => `arn:aws-us-gov:iam::111122223333:role/${"x".repeat(60)}${index}`,
  );
  const most = administrators.findIndex(
    (_, index) => JSON.stringify(administrators.slice(0, index + 1)).length > maxAdministratorBytes,
  );
  const definitions = changedAt({
    name,
    project: "p".repeat(30),
    region: "us-gov-west-1",
    "security.secrets": { token: {} },
    "security.ci": undefined,
    "security.kms.administrators": administrators.slice(0, most),
    ecs: undefined,
    lambda: undefined,
    eks: undefined,
    "ecr.encryptionType": "KMS",
    "ecr.pullThroughCache": {},
  });
  const keys = synth({ [`environments/${name}.ts`]: Object.values(definitions)[0] } as typeof definitions)[
    `security-${name}`
  ]?.["resource"].aws_kms_key;
  const sizes = Object.values<{ policy: unknown }>(keys).map(({ policy }) => JSON.stringify(policy).length);

  expect(sizes).toHaveLength(3);
  expect(Math.max(...sizes)).toBeGreaterThan(20_000);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(maxKeyPolicyBytes);
});

import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import { messageOf } from "../../../support/environments/load-message";
import { minimal, only } from "../../../support/environments/minimal";
import type { RepositoryInput } from "../../../support/environments/one-repository";

type FunctionInput = NonNullable<NonNullable<EnvironmentInput["lambda"]>["functions"]>[string];

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;
const image = { repository: "app", digest };

/** One repository, `app`, and one function, `resize`. */
const withFunction = (
  options: Partial<FunctionInput>,
  repository: RepositoryInput = { enableLambdaPull: true },
  change: Partial<EnvironmentInput> = {},
) =>
  only({
    ...minimal,
    ecr: { repositories: { app: repository } },
    lambda: { functions: { resize: { image, ...options } } },
    ...change,
  });

const problemsOf = (...given: Parameters<typeof withFunction>) => messageOf(withFunction(...given));

const at = "environments/test.ts: lambda.functions.resize";

test("a function gets every default", () => {
  const [environment] = loadEnvironments(withFunction({}));

  expect(environment?.lambda?.functions["resize"]).toEqual({
    image: { repository: "app", digest, awaitsFirstPush: false, managedBy: "terraform" },
    architecture: "x86_64",
    memorySize: 512,
    timeoutSeconds: 30,
    ephemeralStorage: 512,
    environment: {},
    secrets: {},
    tracing: "Active",
    deadLetter: true,
    logRetentionDays: 30,
    vpc: false,
  });
});

test.each<[string, object, string]>([
  [
    "memorySize",
    { memorySize: 64 },
    "found 64; a function has 128 to 10240 MB of memory; use a whole number",
  ],
  [
    "timeoutSeconds",
    { timeoutSeconds: 901 },
    "found 901; a function timeout is 1 to 900 seconds; use a whole number",
  ],
  [
    "ephemeralStorage",
    { ephemeralStorage: 10_241 },
    "found 10241; /tmp has 512 to 10240 MB; use a whole number",
  ],
  ["architecture", { architecture: "arm" }, 'found "arm"; this must be one of x86_64, arm64; choose one'],
  [
    "reservedConcurrency",
    { reservedConcurrency: -1 },
    "found -1; reserved concurrency is a number of concurrent executions; use a whole number of 0 or more",
  ],
  [
    "logRetentionDays",
    { logRetentionDays: 31 },
    "found 31; CloudWatch Logs accepts only certain retention periods; use one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653",
  ],
  ["command[1]", { command: ["run", ""] }, 'found ""; an argument is a string; put it in quotes'],
  [
    "environment.LEVEL",
    { environment: { LEVEL: 3 } },
    "found 3; a variable's value is a string; put it in quotes",
  ],
  [
    "description",
    { description: "" },
    'found ""; a description has 1 to 256 characters; describe what the function is for',
  ],
])("fails when %s is out of what Lambda takes", (path, options, message) => {
  expect(problemsOf(options)).toBe(`${at}.${path}: ${message}`);
});

test("fails when a variable has a name of Lambda's, or one that is none", () => {
  expect(problemsOf({ environment: { AWS_REGION: "eu-west-1", "log-level": "info" } })).toBe(
    [
      `${at}.environment.AWS_REGION: found "AWS_REGION"; Lambda reserves this variable name; choose another one`,
      `${at}.environment["log-level"]: found "log-level"; a variable name has two or more letters, digits and _ and starts with a letter; use a name such as LOG_LEVEL`,
    ].join("\n"),
  );
});

test("fails when a variable and a secret share a name", () => {
  const change = { security: { secrets: { db: {} } } };

  expect(
    problemsOf({ environment: { DB: "x" }, secrets: { DB: "db" } }, { enableLambdaPull: true }, change),
  ).toBe(`${at}.environment.DB: found "x"; secrets also defines this variable; remove one of them`);
});

test("fails when a variable holds a credential, without printing it", () => {
  expect(problemsOf({ environment: { KEY: "AKIAIOSFODNN7EXAMPLE" } })).toBe(
    `${at}.environment.KEY: found "AKIA…"; this looks like a credential, which everyone with access to the file or the plan could read; store it in a secret and reference the secret in secrets`,
  );
});

test("fails when a secret is not among those of the environment, with a suggestion", () => {
  const pull = { enableLambdaPull: true };
  const change = { security: { secrets: { "db-user": {} } } };

  expect([
    problemsOf({ secrets: { DB_ARN: "db-usr" } }, pull, change),
    problemsOf({ secrets: { DB_ARN: "token" } }, pull, change),
    problemsOf({ secrets: { DB_ARN: "token" } }),
  ]).toEqual([
    `${at}.secrets.DB_ARN: found "db-usr"; security.secrets has no secret with this name; did you mean "db-user"?`,
    `${at}.secrets.DB_ARN: found "token"; security.secrets has no secret with this name; choose from db-user`,
    `${at}.secrets.DB_ARN: found "token"; security.secrets has no secret with this name; add it to security.secrets`,
  ]);
});

test("variables have up to 4096 bytes, with names, punctuation and the ARNs of secrets", () => {
  const change = { security: { secrets: { db: {} } } };
  const pull = { enableLambdaPull: true };
  const arn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:acme-test/db-abcdef";
  const room = 4096 - JSON.stringify({ TEXT: "", DB_ARN: arn }).length;
  const sized = (length: number) => ({
    environment: { TEXT: "t".repeat(length) },
    secrets: { DB_ARN: "db" },
  });

  expect(problemsOf(sized(room), pull, change)).toBe("");
  expect(problemsOf(sized(room + 1), pull, change)).toBe(
    `${at}.environment: found "4097 bytes"; Lambda allows 4096 bytes for the variables of a function, including names and the ARNs of secrets; store long values elsewhere, for example in the image or in Parameter Store`,
  );
});

test("fails when Lambda may not pull from the repository, at the repository and once", () => {
  const lambda = { functions: { resize: { image }, rotate: { image } } };

  expect(problemsOf({}, {}, { lambda })).toBe(
    "environments/test.ts: ecr.repositories.app.enableLambdaPull: found false (the default); functions in lambda.functions run its images (resize, rotate), so Lambda needs permission to pull; set enableLambdaPull: true",
  );
});

test("fails when a tag stands for several architectures, which a digest does not", () => {
  const multi = { enableLambdaPull: true, multiArchitecture: true };

  expect(problemsOf({ image: { repository: "app", tag: "v1" } }, multi)).toBe(
    `${at}.image.tag: found "v1"; tags in "app" identify multi-architecture images, which Lambda does not support; use the digest of a single-architecture image`,
  );
  expect(problemsOf({}, multi)).toBe("");
});

test("fails when a function is to run in a VPC and there is no network", () => {
  const network = { kind: "existing" as const, vpcId: "vpc-12345678", privateSubnetIds: ["subnet-12345678"] };

  expect(problemsOf({ vpc: true })).toBe(
    `${at}.vpc: found true; the environment has no network; add network or remove vpc: true`,
  );
  expect(problemsOf({ vpc: true }, { enableLambdaPull: true }, { network })).toBe("");
});

test("the name of a function leaves room for that of its role", () => {
  const named = (name: string) =>
    problemsOf({}, { enableLambdaPull: true }, { lambda: { functions: { [name]: { image } } } });
  const longest = "f".repeat(64 - "acme-test-lambda-".length);

  expect(named(longest)).toBe("");
  expect(named(`${longest}f`)).toBe(
    `environments/test.ts: lambda.functions.${longest}f: found "${longest}f"; its role name would be acme-test-lambda-${longest}f, and IAM role names have at most 64 characters; with acme-test, use up to 47 characters`,
  );
  expect(named("team/resize")).toBe(
    'environments/test.ts: lambda.functions["team/resize"]: found "team/resize"; a function name has letters, digits, - and _; use a name such as image-processor',
  );
});

test("a project that is too long is reported there, and not once more for each function", () => {
  const project = "p".repeat(70);

  expect(problemsOf({}, { enableLambdaPull: true }, { project })).toMatch(
    /^environments\/test.ts: project: .*$/,
  );
});

test("fails with every problem of a function whose shape is wrong too", () => {
  const wrong = {
    image: { repository: "app", tag: "v1" },
    memorySize: "1",
    secrets: ["db"],
    vpc: true,
  } as never;

  expect(problemsOf(wrong, { multiArchitecture: true }).split("\n")).toHaveLength(5);
});

test("fails when names of functions differ in case only, since their roles would have one name", () => {
  const functions = { resize: { image }, Fn: { image }, fn: { image }, FN: { image } };

  expect(problemsOf({}, { enableLambdaPull: true }, { lambda: { functions } }).split("\n")).toEqual(
    ["fn", "FN"].map(
      (name) =>
        `environments/test.ts: lambda.functions.${name}: found "${name}"; "Fn" differs only in case, and IAM role names are not case sensitive; rename one of them`,
    ),
  );
});

test("a pipeline deploys images to functions that have an alias and to ECS services, but not to EKS workloads", () => {
  const owned = { image: { ...image, managedBy: "pipeline" as const } };

  expect(problemsOf(owned)).toMatchInlineSnapshot(
    `"environments/test.ts: lambda.functions.resize.alias: found nothing; the pipeline deploys images to an alias, which it moves in steps; add alias: "live", and let callers use the alias"`,
  );
  expect(loadEnvironments(withFunction({ ...owned, alias: "live" }))).toHaveLength(1);
  expect(
    messageOf(
      withFunction({}, undefined, {
        network: { kind: "own", cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
        ecs: {
          services: {
            web: { ...owned, port: 80, cpu: 256, memory: 512 },
          },
        },
        eks: { kubernetesVersion: "1.33", deployments: { web: owned } },
      }),
    ),
  ).toMatchInlineSnapshot(
    `
    "environments/test.ts: eks.deployments.web.image.managedBy: found "pipeline"; Terraform deploys the images of eks; remove managedBy, and name each image in the file
    environments/test.ts: eks.nodeGroups: found {} (the default); a cluster without nodes cannot run pods; add nodeGroups, fargateProfiles or autoMode: {}"
  `,
  );
});

test.each(["1", "", "a b", "$LATEST"])("fails when an alias is called %j", (alias) => {
  expect(problemsOf({ alias })).toContain(`${at}.alias: `);
});

test("what functions have no option for says why, with AWS's limits and the way", () => {
  const options = { snapStart: {}, functionUrl: {}, eventSources: [] };

  expect(problemsOf(options as object)).toMatchInlineSnapshot(`
    "environments/test.ts: lambda.functions.resize.snapStart: found {}; SnapStart does not support container images, and every function here runs one; remove it
    environments/test.ts: lambda.functions.resize.functionUrl: found {}; who calls a function belongs to the application, so there is no option for function URLs; remove it, and add the URL to the alias in your own Terraform
    environments/test.ts: lambda.functions.resize.eventSources: found []; what calls a function belongs to the application, so there is no option for event sources; remove it, and add them to the alias in your own Terraform"
  `);
});

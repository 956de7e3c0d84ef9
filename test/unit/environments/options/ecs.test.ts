import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import {
  at,
  certificateArn,
  image,
  problemsWith,
  type ServiceInput,
  withService,
} from "../../../support/environments/one-service";

const ranges = (count: number) => Array.from({ length: count }, (_, index) => `10.${index}.0.0/16`);

test("a service needs an image and nothing else", () => {
  const [environment] = loadEnvironments(withService({}));

  expect(environment?.ecs).toEqual({
    containerInsights: true,
    fileSystems: {},
    loadBalancers: {},
    logRetentionDays: 30,
    scheduledTasks: {},
    services: {
      web: {
        image: { ...image, awaitsFirstPush: false, managedBy: "terraform" },
        cpu: 256,
        memory: 512,
        cpuArchitecture: "X86_64",
        exec: false,
        environment: {},
        secrets: {},
        readonlyRootFilesystem: true,
        writablePaths: [],
        mounts: [],
        volumes: {},
        dependsOn: {},
        containers: {},
      },
    },
  });
});

test("a load balancer needs a certificate and a port", () => {
  const [environment] = loadEnvironments(withService({ port: 80, loadBalancer: { certificateArn } }));

  expect(environment?.ecs?.services["web"]?.loadBalancer).toEqual({
    certificateArn,
    healthCheckPath: "/",
    healthCheckStatusCodes: "200-299",
    deregistrationDelaySeconds: 30,
    scheme: "internet-facing",
  });
});

test.each<[string, Partial<ServiceInput>, string]>([
  [
    "its size is none of Fargate's",
    { cpu: 512, memory: 512 },
    ".memory: found 512; Fargate supports 1024 to 4096 MiB of memory in steps of 1024 with 512 CPU units; use one of these sizes or another cpu",
  ],
  [
    "its CPU is none of Fargate's",
    { cpu: 300 as never },
    ".cpu: found 300; Fargate supports only certain sizes; use one of 256, 512, 1024, 2048, 4096, 8192, 16384",
  ],
  [
    "its number of tasks is given twice",
    { desiredCount: 2, autoscaling: { minCount: 1, maxCount: 3 } },
    ".desiredCount: found 2; autoscaling sets the number of tasks; remove desiredCount or autoscaling",
  ],
  [
    "it has more tasks at least than at most",
    { autoscaling: { minCount: 4, maxCount: 3 } },
    ".autoscaling.maxCount: found 3; minCount is 4; raise maxCount or lower minCount",
  ],
  [
    "a load balancer has no port to connect to",
    { loadBalancer: { certificateArn } },
    ".port: found nothing; the load balancer needs a port of the container; add it",
  ],
  [
    "a certificate is of another Region",
    { port: 80, loadBalancer: { certificateArn: certificateArn.replace("eu-west-1", "us-east-1") } },
    '.loadBalancer.certificateArn: found "arn:aws:acm:us-east-1:111122223333:certificate/0123abcd-ef"; a load balancer needs a certificate in its own account and Region; use a certificate of 111122223333 in eu-west-1',
  ],
  [
    "a certificate is of another account",
    { port: 80, loadBalancer: { certificateArn: certificateArn.replace("1111", "9999") } },
    '.loadBalancer.certificateArn: found "arn:aws:acm:eu-west-1:999922223333:certificate/0123abcd-ef"; a load balancer needs a certificate in its own account and Region; use a certificate of 111122223333 in eu-west-1',
  ],
  [
    "a certificate is none",
    { port: 80, loadBalancer: { certificateArn: "example.com" } },
    '.loadBalancer.certificateArn: found "example.com"; this must be the ARN of a certificate of AWS Certificate Manager; use arn:aws:acm:<region>:<account>:certificate/<id>',
  ],
  [
    "a range of addresses does not begin at its first one",
    { port: 80, loadBalancer: { certificateArn, allowedCidrBlocks: ["203.0.113.77/26"] } },
    '.loadBalancer.allowedCidrBlocks[0]: found "203.0.113.77/26"; a range starts at its first address; use 203.0.113.64/26',
  ],
  [
    "a range of addresses is listed twice",
    { port: 80, loadBalancer: { certificateArn, allowedCidrBlocks: ["10.0.0.0/8", "10.0.0.0/8"] } },
    '.loadBalancer.allowedCidrBlocks[1]: found "10.0.0.0/8"; this range is listed twice; remove it here',
  ],
  [
    "a range of addresses is none",
    { port: 80, loadBalancer: { certificateArn, allowedCidrBlocks: ["10.0.0.256/8"] } },
    '.loadBalancer.allowedCidrBlocks[0]: found "10.0.0.256/8"; this must be an IPv4 range in CIDR notation; use a range such as 203.0.113.0/24',
  ],
  [
    "the load balancer has more ranges than its security group has room for",
    { port: 80, loadBalancer: { certificateArn, allowedCidrBlocks: ranges(31) } },
    `.loadBalancer.allowedCidrBlocks: found ${JSON.stringify(ranges(31)).slice(0, 120)}…; a security group allows 60 inbound rules by default, and each range needs two; use 30 or fewer ranges, for example larger ones`,
  ],
  [
    "nobody may connect to the load balancer",
    { port: 80, loadBalancer: { certificateArn, allowedCidrBlocks: [] } },
    ".loadBalancer.allowedCidrBlocks: found []; without a range, no one can reach the load balancer; add one",
  ],
  [
    "a health check does not say how to run",
    { healthCheckCommand: ["curl", "-f"] },
    '.healthCheckCommand: found ["curl","-f"]; the first element defines how ECS runs the command; use ["CMD", "<program>", …] or ["CMD-SHELL", "<command line>"]',
  ],
  [
    "a health check runs nothing",
    { healthCheckCommand: ["CMD-SHELL"] },
    '.healthCheckCommand: found ["CMD-SHELL"]; the first element defines how ECS runs the command; use ["CMD", "<program>", …] or ["CMD-SHELL", "<command line>"]',
  ],
  [
    "everything is writable anyway",
    { readonlyRootFilesystem: false, writablePaths: ["/tmp"] },
    '.writablePaths: found ["/tmp"]; readonlyRootFilesystem: false allows the container to write everywhere; remove writablePaths or readonlyRootFilesystem: false',
  ],
  [
    "a writable path is listed twice",
    { writablePaths: ["/tmp", "/tmp"] },
    '.writablePaths[1]: found "/tmp"; this path is listed twice; remove it here',
  ],
  [
    "all of the container would be hidden by an empty folder",
    { writablePaths: ["/"] },
    '.writablePaths[0]: found "/"; this must be a directory in the container other than its root, without . and .. as parts; use a path such as /tmp',
  ],
  [
    "a health check has no path",
    { port: 80, loadBalancer: { certificateArn, healthCheckPath: "health" } },
    '.loadBalancer.healthCheckPath: found "health"; this must be the path of a URL with up to 1024 characters; use a path such as /health',
  ],
  [
    "a variable has two values",
    { environment: { KEY: "a" }, secrets: { KEY: "database" } },
    '.environment.KEY: found "a"; secrets also defines this variable; remove one of them',
  ],
  [
    "a variable has no name that a program could read",
    { environment: { "log level": "info" } },
    '.environment["log level"]: found "log level"; a variable name has no spaces, = and control characters; use a name such as LOG_LEVEL or discovery.type',
  ],
  [
    "no secret has the name",
    { secrets: { KEY: "databse" } },
    '.secrets.KEY: found "databse"; security.secrets has no secret with this name; did you mean "database"?',
  ],
])("fails when %s", (_, options, problem) => {
  expect(problemsWith(options, { security: { secrets: { database: {} } } })).toEqual([`${at}${problem}`]);
});

test.each([
  `AKIA${"ABCDEFGH".repeat(2)}`,
  `x ASIA${"ABCDEFGH".repeat(2)} y`,
  `ghp_${"a1".repeat(18)}`,
  `github_pat_${"a1".repeat(18)}`,
  `glpat-${"a1".repeat(10)}`,
  "-----BEGIN RSA PRIVATE KEY-----\nMII",
])("fails when a variable holds a credential, without printing it: %s", (value) => {
  expect(problemsWith({ environment: { KEY: value } })).toEqual([
    `${at}.environment.KEY: found "${value.slice(0, 4)}…"; this looks like a credential, which everyone with access to the file or the plan could read; store it in a secret and reference the secret in secrets`,
  ]);
});

test("variables hold what is no credential", () => {
  expect(
    problemsWith({ environment: { PASSWORD_LENGTH: "12", URL: "https://example.com/AKIA", EMPTY: "" } }),
  ).toEqual([]);
});

test("fails when secrets are named where there are none", () => {
  expect(problemsWith({ secrets: { KEY: "database" } })).toEqual([
    `${at}.secrets.KEY: found "database"; security.secrets has no secret with this name; add it to security.secrets`,
  ]);
});

test("a wrong shape does not hide the other problems", () => {
  const services = {
    web: null,
    worker: { image, secrets: 1, environment: [], loadBalancer: true, autoscaling: 2 },
  };

  const problems = problemsWith({}, { network: undefined, ecs: { services } as never });

  expect(problems).toContain(
    'environments/test.ts: network: found nothing; ECS services need a network; add network: { kind: "own", … } or { kind: "existing", … }',
  );
  expect(problems.length).toBeGreaterThan(4);
});

test("a load balancer has up to 30 ranges", () => {
  const loadBalancer = { certificateArn, allowedCidrBlocks: ranges(30) };

  expect(problemsWith({ port: 80, loadBalancer })).toEqual([]);
});

import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../../environments/load";
import type { AccountConnection } from "../../../../../scripts/ecr/account-connection";
import { imagesJson, imagesText } from "../../../../../scripts/ecr/pipeline-images/images-text";
import { pipelineConsumers } from "../../../../../scripts/ecr/pipeline-images/pipeline-image";
import { readImages } from "../../../../../scripts/ecr/pipeline-images/read-images";
import { CommandError } from "../../../../../scripts/runner/command";
import { withService } from "../../../../support/environments/one-service";

const first = `sha256:${"1".repeat(64)}`;
const second = `sha256:${"2".repeat(64)}`;
const url = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/acme-test-app";

const [environment] = loadEnvironments(
  withService(
    { image: { repository: "app", digest: first, managedBy: "pipeline" } },
    {
      ecr: { repositories: { app: { enableLambdaPull: true } } },
      lambda: {
        functions: {
          job: { image: { repository: "app", digest: first, managedBy: "pipeline" }, alias: "live" },
          fixed: { image: { repository: "app", digest: first } },
        },
      },
    },
  ),
);

type Answers = Readonly<Record<string, object>>;

const service = (change: object = {}, more: readonly object[] = []) => ({
  services: [
    {
      status: "ACTIVE",
      deployments: [
        {
          status: "PRIMARY",
          taskDefinition: "arn:aws:ecs:eu-west-1:111122223333:task-definition/acme-test-web:7",
          rolloutState: "COMPLETED",
          createdAt: new Date("2026-11-01T10:00:00Z"),
          ...change,
        },
        ...more,
      ],
    },
  ],
});

const usual: Answers = {
  DescribeServicesCommand: service(),
  DescribeTaskDefinitionCommand: {
    taskDefinition: { containerDefinitions: [{ name: "web", image: `${url}@${second}` }] },
  },
  GetAliasCommand: { FunctionVersion: "3", RoutingConfig: { AdditionalVersionWeights: { 4: 0.1 } } },
  GetFunctionCommand: {
    Code: { ResolvedImageUri: `${url}@${first}` },
    Configuration: { LastModified: "2026-11-02T10:00:00.000+0000" },
  },
  DescribeImagesCommand: { imageDetails: [{ imageTags: ["v2", "stable"] }] },
};

/** What is read where AWS answers this: an object, or an error by its name. */
async function read(answers: Answers = {}) {
  if (environment === undefined) throw new Error("no environment");
  const all = { ...usual, ...answers };
  const client = {
    send: async (command: object) => {
      const answer = all[command.constructor.name];
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  const account = {
    environment,
    accountId: environment.accountId,
    client: () => client,
    ecr: () => client,
    ask: async (what: string, request: () => Promise<unknown>) =>
      request().catch((error: Error) => {
        throw new CommandError(`${what} cannot be read: ${error.name}`);
      }),
  };
  return readImages(account as unknown as AccountConnection, pipelineConsumers(environment));
}

const error = (name: string): Error => Object.assign(new Error(name), { name });

test("what runs stands beside what Terraform would start with", async () => {
  const { images, problems } = await read();

  expect(problems).toEqual([]);
  expect(imagesText(images)).toBe(
    [
      `ECS service "web" runs ${url}@${second} (stable, v2) since 2026-11-01T10:00:00.000Z`,
      `  Terraform would start with ${url}@${first}`,
      `Lambda function "job" runs ${url}@${first} (stable, v2) since 2026-11-02T10:00:00.000Z`,
      "  version 4 has 10 % of the traffic",
      "  Terraform would start with the same image.",
      "",
    ].join("\n"),
  );
  expect(imagesJson(images)).toMatchObject([
    {
      kind: "ecs",
      name: "web",
      declared: `${url}@${first}`,
      running: { digest: second, tags: ["stable", "v2"] },
    },
    { kind: "lambda", name: "job", running: { digest: first, since: "2026-11-02T10:00:00.000Z" } },
  ]);
});

test("a deployment in progress, and tasks of the one before, are named", async () => {
  const before = {
    status: "ACTIVE",
    taskDefinition: "arn:aws:ecs:eu-west-1:111122223333:task-definition/acme-test-web:6",
    runningCount: 1,
  };
  const progress = { rolloutState: "IN_PROGRESS", runningCount: 1, desiredCount: 2 };
  const { images } = await read({ DescribeServicesCommand: service(progress, [before]) });

  expect(images[0]?.running?.notes).toEqual([
    "its deployment is in progress: 1 of 2 tasks run",
    "tasks of acme-test-web:6 that still run: 1",
  ]);
});

test("what is not deployed yet is no problem", async () => {
  const { images, problems } = await read({
    DescribeServicesCommand: error("ClusterNotFoundException"),
    GetAliasCommand: error("ResourceNotFoundException"),
  });

  expect(problems).toEqual([]);
  expect(imagesText(images)).toBe(
    `ECS service "web" is not deployed yet.\n  Terraform would start it with ${url}@${first}\nLambda function "job" is not deployed yet.\n  Terraform would start it with ${url}@${first}\n`,
  );
});

test("an image that runs and was removed from its repository is said to be", async () => {
  const { images } = await read({ DescribeImagesCommand: error("ImageNotFoundException") });

  expect(imagesText(images)).toContain(`${url}@${second} (not in its repository any more) since`);
});

test("what may not be read is a problem of its own, and the rest is read", async () => {
  const { images, problems } = await read({ DescribeServicesCommand: error("AccessDeniedException") });

  expect(images.map(({ consumer }) => consumer.name)).toEqual(["job"]);
  expect(problems).toEqual([
    'ECS service "web": The service acme-test-web cannot be read: AccessDeniedException',
  ]);
});

import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import { failoverPlan } from "../../../../environments/plan/failover";
import { asMarkdown } from "../../../../scripts/failover/failover-output";
import { failoverSteps } from "../../../../scripts/failover/failover-steps";
import { minimal, only } from "../../../support/environments/minimal";
import { network } from "../../../support/environments/one-service";
import { everyConsumer } from "../../../support/every-consumer";

function planOf(file: object) {
  const [environment] = loadEnvironments(only({ ...minimal, ...file }));
  if (environment === undefined) throw new Error("no environment");
  return failoverPlan(environment, "eu-west-1");
}
const stepsOf = (file: object) => new Map(failoverSteps(planOf(file)).map((step) => [step.title, step]));

const replicated = {
  region: "eu-central-1",
  ecr: {
    repositories: { app: { enableReplication: true, replicationDestinations: [{ region: "eu-west-1" }] } },
  },
};

test("Deployments are applied again on the way back, because a deploy does not apply them", () => {
  expect(stepsOf(everyConsumer).get("Go back")?.commands).toEqual([
    "npm run deploy -- full",
    "npm run --silent ecr -- manifests --env full | kubectl apply -f -",
  ]);
  expect(stepsOf(replicated).get("Go back")?.commands).toEqual([`npm run deploy -- ${minimal.name}`]);
});

test("each policy that names the Region is a sentence", () => {
  const text = stepsOf(everyConsumer).get("Allow pulls from the replicas")?.text;

  expect(text).toContain(
    "The permissions boundary acme-full-role-boundary allows pulls from arn:aws:ecr:eu-central-1:222233334444:repository/acme-full-*; also allow arn:aws:ecr:eu-west-1:222233334444:repository/acme-full-*.",
  );
  expect(stepsOf(replicated).get("Allow pulls from the replicas")?.text).toEqual([
    "No role needs another permission to pull.",
  ]);
});

test("without consumers, the step of the consumers says so", () => {
  expect(stepsOf(replicated).get("Run the consumers with the new images")?.text).toEqual([
    "The environment has no consumers.",
  ]);
});

const consumerStep = "Run the consumers with the new images";
const ecsOf = (ecs: object) => stepsOf({ ...replicated, network, ecs });
const service =
  "ECS: register a task definition with the new image, and update or create the service with it.";
const task =
  "ECS scheduled tasks: register a task definition with the new image, and update or create the schedule with its new revision.";

test("an image of another account is looked for in the registry of that account", () => {
  const repository = "999988887777.dkr.ecr.eu-west-1.amazonaws.com/team/app";
  const services = {
    theirs: { image: { repository, tag: "v1" } },
    web: { image: { repository: "app", tag: "v1" } },
  };

  expect(ecsOf({ services }).get("Check the replicas")?.commands.slice(1)).toEqual([
    "aws ecr describe-images --region eu-west-1 --registry-id 999988887777 --repository-name team/app --image-ids imageTag=v1",
    "aws ecr describe-images --region eu-west-1 --repository-name acme-test-app --image-ids imageTag=v1",
  ]);
});

test("the digests that pipelines have deployed come from AWS or from the pipelines", () => {
  const image = { repository: "app", tag: "v1", managedBy: "pipeline" };
  const { text, commands } = ecsOf({ services: { web: { image } } }).get("Check the replicas") ?? {};

  expect(text?.slice(1)).toEqual([
    'Pipelines deploy the images of ECS service "web", so the environment file does not have their digests.',
    "While eu-central-1 answers, `npm run ecs -- status --env test` prints them. Otherwise, take them from the last runs of the pipelines. Set DIGEST to each one for its command below.",
  ]);
  expect(commands?.slice(1)).toEqual([
    'aws ecr describe-images --region eu-west-1 --repository-name acme-test-app --image-ids "imageDigest=$DIGEST"',
  ]);
  const url = (region: string) =>
    `${minimal.accountId}.dkr.ecr.${region}.amazonaws.com/acme-test-app@$DIGEST`;
  expect(asMarkdown(planOf({ ...replicated, network, ecs: { services: { web: { image } } } }))).toContain(
    `| ECS service "web" | ${url("eu-central-1")} | ${url("eu-west-1")} |`,
  );
});

test("kubectl sets the image of a Deployment and a CronJob; a Job is created again", () => {
  const image = { repository: "app", tag: "v1" };
  const eks = {
    ...{
      kubernetesVersion: "1.33",
      autoMode: {},
      deployments: { web: { image } },
      jobs: { once: { image } },
    },
    cronJobs: { night: { image, schedule: "0 3 * * *" } },
  };
  const { text, commands } = stepsOf({ ...replicated, network, eks }).get(consumerStep) ?? {};
  const uri = `${minimal.accountId}.dkr.ecr.eu-west-1.amazonaws.com/acme-test-app:v1`;

  expect(commands).toEqual([
    `kubectl set image --namespace default deployment/web '*=${uri}'`,
    `kubectl set image --namespace default cronjob/night '*=${uri}'`,
  ]);
  expect(text).toContain(
    "Jobs: the image of a Job cannot change. Delete the Job, and create it again from its manifest with the new image.",
  );
});

test("services and scheduled tasks have a sentence each, where there are any", () => {
  const image = { repository: "app", tag: "v1" };
  const services = { web: { image } };
  const scheduledTasks = { night: { image, schedule: "cron(0 3 * * ? *)" } };
  const textOf = (ecs: object) => ecsOf(ecs).get(consumerStep)?.text.slice(1);

  expect(textOf({ services })).toEqual([service]);
  expect(textOf({ scheduledTasks })).toEqual([task]);
  expect(textOf({ services, scheduledTasks })).toEqual([service, task]);
});

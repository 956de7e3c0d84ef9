import { expect, test } from "vitest";
import { withService } from "../../../support/environments/one-service";
import { type StackJson, synth } from "../../../support/synth";

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;

test("a service runs an image of a cache by its address in ECR", () => {
  const stacks = synth(
    withService(
      { image: { repository: "public/nginx/nginx", digest } },
      { ecr: { pullThroughCache: { public: { upstream: "ecr-public" } }, repositories: { app: {} } } },
    ),
  );

  const [task] = Object.values<StackJson>(stacks["compute-test"]?.["resource"].aws_ecs_task_definition);

  expect(JSON.stringify(task)).toContain(
    `111122223333.dkr.ecr.eu-west-1.amazonaws.com/acme-test-public/nginx/nginx@${digest}`,
  );
});

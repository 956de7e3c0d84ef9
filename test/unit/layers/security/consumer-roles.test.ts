import { expect, test } from "vitest";
import { smallest } from "../../../support/environments/one-cluster";
import { withService } from "../../../support/environments/one-service";
import { isAllowed } from "../../../support/iam-evaluator";
import { type StackJson, synth } from "../../../support/synth";

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;

const stacks = synth(
  withService(
    { image: { repository: "public/nginx/nginx", digest } },
    {
      ecr: { pullThroughCache: { public: { upstream: "ecr-public" } }, repositories: { app: {} } },
      eks: smallest,
    },
  ),
);

const roles = ["acme-test-ecs-execution", "acme-test-eks-node", "acme-test-eks-fargate"];

const statementsOf = (name: string) =>
  Object.values<StackJson>(stacks["security-test"]?.["resource"].aws_iam_role_policy).find(
    (policy) => policy["name"] === name,
  )?.["policy"].Statement;

test.each(roles)("%s pulls through the caches of the environment, and no others", (name) => {
  const statements = statementsOf(name);
  const imports = (repository: string) =>
    isAllowed(statements, {
      action: "ecr:BatchImportUpstreamImage",
      resource: `arn:aws:ecr:eu-west-1:111122223333:repository/${repository}`,
      context: { "aws:ResourceAccount": "111122223333" },
    });

  expect([imports("acme-test-public/nginx/nginx"), imports("acme-prod-public/nginx/nginx")]).toEqual([
    true,
    false,
  ]);
});

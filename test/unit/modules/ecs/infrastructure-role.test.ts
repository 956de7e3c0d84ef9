import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import { boundaryStatements, deployStatements } from "../../../../environments/plan/pipeline-policies";
import type { Statement } from "../../../../modules/iam/policy-document";
import { certificateArn, type ServiceInput, withService } from "../../../support/environments/one-service";
import { isAllowed } from "../../../support/iam-evaluator";

const deploy = {
  ci: { deploy: { trust: [{ github: "acme/platform", environment: "production" }] } },
};
const arn = (resource: string) => `arn:aws:elasticloadbalancing:eu-west-1:111122223333:${resource}`;

/** A policy of an environment with a service that a pipeline deploys. */
function policy(of: typeof deployStatements, deployment: ServiceInput["deployment"]): Statement[] {
  const [environment] = loadEnvironments(
    withService(
      { port: 80, loadBalancer: { certificateArn }, deployment },
      { security: deploy, state: { backend: "s3", bucket: "acme-tfstate" } },
    ),
  );
  if (environment === undefined) throw new Error("there is no environment");
  return of(environment);
}

const rule = arn("listener-rule/app/acme-test-web/1/2/3");
const calls = [
  ["elasticloadbalancing:ModifyRule", rule],
  ["elasticloadbalancing:RegisterTargets", arn("targetgroup/ecs-1/2")],
  ["elasticloadbalancing:DescribeRules", "*"],
] as const;

test("the permissions boundary allows what ECS does to shift traffic, only where a service names its strategy", () => {
  const allowed = (deployment: ServiceInput["deployment"]) =>
    calls.map(([action, resource]) =>
      isAllowed(policy(boundaryStatements, deployment), { action, resource, context: {} }),
    );

  expect(allowed({ strategy: "linear" })).toEqual([true, true, true]);
  expect(allowed({ strategy: "rolling" })).toEqual([true, true, true]);
  expect(allowed({ alarms: ["errors"] })).toEqual([false, false, false]);
});

test("the boundary allows no other change of load balancers", () => {
  const statements = policy(boundaryStatements, { strategy: "canary" });
  const may = (action: string, resource: string) => isAllowed(statements, { action, resource, context: {} });

  expect(may("elasticloadbalancing:DeleteRule", rule)).toBe(false);
  expect(may("elasticloadbalancing:ModifyRule", rule.replace("111122223333", "444455556666"))).toBe(false);
  expect(may("elasticloadbalancing:ModifyRule", arn("listener-rule/net/a/1/2/3"))).toBe(false);
});

test("the deploy role passes a role to ECS only where a service names its strategy", () => {
  const passes = (deployment: ServiceInput["deployment"]) =>
    isAllowed(policy(deployStatements, deployment), {
      action: "iam:PassRole",
      resource: "arn:aws:iam::111122223333:role/acme/test/acme-test-ecs-infrastructure",
      context: { "iam:PassedToService": "ecs.amazonaws.com" },
    });

  expect([passes({ strategy: "blueGreen" }), passes({ strategy: "rolling" })]).toEqual([true, true]);
  expect(passes(undefined)).toBe(false);
});

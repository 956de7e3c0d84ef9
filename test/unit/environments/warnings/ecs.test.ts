import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import { warningsOf } from "../../../../environments/warnings/warnings";
import { certificateArn, type ServiceInput, withService } from "../../../support/environments/one-service";

/** Those about health checks and deployments; the tests do not protect the image. */
const warnings = (options: Partial<ServiceInput>) =>
  warningsOf(loadEnvironments(withService(options))).filter((line) =>
    /\[(?:health-checks-do-not-fit|slow-rollout)\]$/.test(line),
  );
const loadBalancer = { certificateArn };
const slow = {
  port: 80,
  healthCheckCommand: ["CMD", "check"],
  healthCheckStartPeriodSeconds: 180,
  loadBalancer,
} satisfies Partial<ServiceInput>;

test("a grace period that is too short for what the container and the load balancer need is warned of", () => {
  expect(warnings({ ...slow, healthCheckGracePeriodSeconds: 200 })).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecs.services.web.healthCheckGracePeriodSeconds: A container may take 180 seconds to start (healthCheckStartPeriodSeconds), and the load balancer then needs 3 checks, one every 30 seconds, to report it as healthy. ECS can stop such a task after 200 seconds, and never completes a deployment. Set at least 270, or remove this option. [health-checks-do-not-fit]",
    ]
  `);
});

test("a grace period that is long enough, the default one or one that no check needs is not warned of", () => {
  expect(warnings({ ...slow, healthCheckGracePeriodSeconds: 270 })).toEqual([]);
  expect(warnings(slow)).toEqual([]);
  expect(warnings({ ...slow, healthCheckStartPeriodSeconds: 60, healthCheckGracePeriodSeconds: 0 })).toEqual(
    [],
  );
});

test("a grace period that nothing uses is warned of", () => {
  expect(warnings({ healthCheckGracePeriodSeconds: 60 })).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecs.services.web.healthCheckGracePeriodSeconds: Nothing checks the health of this service, so ECS does not use the grace period. Add healthCheckCommand or loadBalancer, or remove this option. [health-checks-do-not-fit]",
    ]
  `);
  expect(warnings({ healthCheckGracePeriodSeconds: 60, healthCheckCommand: ["CMD", "check"] })).toEqual([]);
});

test("a deployment that can take longer than an hour causes a warning", () => {
  const long = { port: 80, loadBalancer, healthCheckGracePeriodSeconds: 1800 };

  expect(warnings(long)).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecs.services.web: The deployment circuit breaker can take 99 minutes to fail a deployment, and Terraform waits for it: 3 rounds of tasks, each with a grace period of 1800 seconds and a deregistration delay of 30 seconds. Reduce these values, or set the pipeline's timeout above 99 minutes. [slow-rollout]",
    ]
  `);
  expect(warnings({ ...long, desiredCount: 3 })).toEqual([]);
});

test("a shift whose steps and bake time take long is warned of, and says so", () => {
  const deployment = { strategy: "linear", stepPercent: 5, stepMinutes: 10, bakeMinutes: 60 } as const;

  expect(warnings({ port: 80, loadBalancer, deployment })).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecs.services.web: The steps and the bake time of a deployment take 250 minutes, and Terraform waits up to 259 minutes. Reduce these values, or set the pipeline's timeout above 259 minutes. [slow-rollout]",
    ]
  `);
});

test("how long ECS watches the alarms of a rolling deployment is not warned of", () => {
  expect(warnings({ deployment: { alarms: ["errors"] } })).toEqual([]);
});

import { expect, test } from "vitest";
import {
  at,
  certificateArn,
  problemsWith,
  type ServiceInput,
} from "../../../support/environments/one-service";

type LoadBalancerInput = NonNullable<ServiceInput["loadBalancer"]>;

const balanced = (options: Partial<LoadBalancerInput>) =>
  problemsWith({ port: 80, loadBalancer: { certificateArn, ...options } });

test("fails when a container is checked at times but by nothing", () => {
  expect(problemsWith({ healthCheckRetries: 5, healthCheckStartPeriodSeconds: 120 })).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecs.services.web.healthCheckRetries: found 5; ECS checks a container only with healthCheckCommand; add it, or remove this option",
      "environments/test.ts: ecs.services.web.healthCheckStartPeriodSeconds: found 120; ECS checks a container only with healthCheckCommand; add it, or remove this option and set healthCheckGracePeriodSeconds, which covers the checks of the load balancer",
    ]
  `);
  expect(problemsWith({ healthCheckCommand: ["CMD", "check"], healthCheckRetries: 5 })).toEqual([]);
});

test("fails when a check of the load balancer does not end before the next one", () => {
  expect([
    ...balanced({ healthCheckTimeoutSeconds: 30 }),
    ...balanced({ healthCheckIntervalSeconds: 5 }),
    ...balanced({ healthCheckIntervalSeconds: 10, healthCheckTimeoutSeconds: 10 }),
  ]).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecs.services.web.loadBalancer.healthCheckTimeoutSeconds: found 30; a check must end before the next one, 30 seconds later; use less than 30",
      "environments/test.ts: ecs.services.web.loadBalancer.healthCheckIntervalSeconds: found 5; a check must end before the next one, and may take 5 seconds; use more than 5, or set a lower healthCheckTimeoutSeconds",
      "environments/test.ts: ecs.services.web.loadBalancer.healthCheckTimeoutSeconds: found 10; a check must end before the next one, 10 seconds later; use less than 10",
    ]
  `);
  expect(balanced({ healthCheckIntervalSeconds: 5, healthCheckTimeoutSeconds: 4 })).toEqual([]);
});

test("fails when a range of status codes is turned around, or none is one", () => {
  expect([
    ...balanced({ healthCheckStatusCodes: "200,399-300" }),
    ...balanced({ healthCheckStatusCodes: "200-599" }),
  ]).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecs.services.web.loadBalancer.healthCheckStatusCodes: found "200,399-300"; a range starts with its lowest code; use 300-399",
      "environments/test.ts: ecs.services.web.loadBalancer.healthCheckStatusCodes: found "200-599"; these must be status codes from 200 to 499; use a code, a range or both, e.g. "200-299" or "200,302"",
    ]
  `);
  for (const codes of ["200", "200,302", "200-299,401", "499"])
    expect(balanced({ healthCheckStatusCodes: codes })).toEqual([]);
});

test.each<[string, Partial<ServiceInput> | { readonly loadBalancer: Partial<LoadBalancerInput> }]>([
  ["healthCheckIntervalSeconds", { healthCheckIntervalSeconds: 4 }],
  ["healthCheckTimeoutSeconds", { healthCheckTimeoutSeconds: 61 }],
  ["healthCheckRetries", { healthCheckRetries: 0 }],
  ["healthCheckStartPeriodSeconds", { healthCheckStartPeriodSeconds: 301 }],
  ["healthCheckGracePeriodSeconds", { healthCheckGracePeriodSeconds: 2 ** 31 }],
  ["loadBalancer.healthCheckIntervalSeconds", { loadBalancer: { healthCheckIntervalSeconds: 301 } }],
  ["loadBalancer.healthyThreshold", { loadBalancer: { healthyThreshold: 1 } }],
  ["loadBalancer.unhealthyThreshold", { loadBalancer: { unhealthyThreshold: 11 } }],
  ["loadBalancer.deregistrationDelaySeconds", { loadBalancer: { deregistrationDelaySeconds: 3601 } }],
  ["loadBalancer.slowStartSeconds", { loadBalancer: { slowStartSeconds: 29 } }],
  ["loadBalancer.stickiness.durationSeconds", { loadBalancer: { stickiness: { durationSeconds: 604_801 } } }],
  ["loadBalancer.stickiness.cookieName", { loadBalancer: { stickiness: { cookieName: "AWSALB" } } }],
])("fails when %s is none that AWS accepts", (option, { loadBalancer, ...options }) => {
  const problems = problemsWith({
    healthCheckCommand: ["CMD", "check"],
    port: 80,
    ...options,
    ...(loadBalancer && { loadBalancer: { certificateArn, ...loadBalancer } }),
  });

  expect(problems).toEqual([expect.stringContaining(`${at}.${option}: found`)]);
});

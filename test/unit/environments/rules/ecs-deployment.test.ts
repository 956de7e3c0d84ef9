import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import { providerVersionProblems } from "../../../../environments/rules/across/provider-version";
import { at, certificateArn, problemsWith, withService } from "../../../support/environments/one-service";

const behind = { port: 80, loadBalancer: { certificateArn } };

test("every strategy is valid behind a load balancer, and alarms also without one", () => {
  const deployments = [
    { strategy: "rolling" },
    { strategy: "blueGreen", bakeMinutes: 0, testHeader: { name: "X-Test", value: "new" } },
    { strategy: "linear", stepPercent: 3, stepMinutes: 0, bakeMinutes: 1440 },
    { strategy: "canary", stepPercent: 1 },
  ] as const;

  expect(deployments.flatMap((deployment) => problemsWith({ ...behind, deployment }))).toEqual([]);
  expect(problemsWith({ deployment: { alarms: ["orders: too many errors"] } })).toEqual([]);
  expect(problemsWith({ deployment: { alarms: ["errors"], enableAlarms: false } })).toEqual([]);
});

test("fails when alarms would go without a name, which the AWS provider cannot do", () => {
  expect(problemsWith({ deployment: { alarms: [] } })).toEqual([
    `${at}.deployment.alarms: found []; the AWS provider cannot remove the last alarm; name it, and set enableAlarms: false`,
  ]);
  expect(problemsWith({ deployment: { enableAlarms: false } })).toEqual([
    `${at}.deployment.enableAlarms: found false; AWS accepts it only with the names of alarms; list those of the service in alarms, or add ownAlarms, or remove it`,
  ]);
});

test("fails when ECS would shift traffic of a service without a load balancer", () => {
  expect(problemsWith({ deployment: { strategy: "canary" } })).toEqual([
    `${at}.deployment.strategy: found "canary"; ECS shifts the traffic of a load balancer, and this service has none; add loadBalancer or sharedLoadBalancer, or use rolling`,
  ]);
});

test("fails when the strategy does not use an option", () => {
  const header = { name: "X-Test", value: "new" };

  expect(
    problemsWith({ ...behind, deployment: { bakeMinutes: 5, testHeader: header, stepMinutes: 1 } }),
  ).toEqual([
    `${at}.deployment.bakeMinutes: found 5; this strategy does not use it; remove it, or set strategy to blueGreen, linear or canary`,
    `${at}.deployment.testHeader: found {"name":"X-Test","value":"new"}; this strategy does not use it; remove it, or set strategy to blueGreen, linear or canary`,
    `${at}.deployment.stepMinutes: found 1; this strategy does not use it; remove it, or set strategy to linear or canary`,
  ]);
  expect(problemsWith({ ...behind, deployment: { strategy: "blueGreen", stepPercent: 10 } })).toEqual([
    `${at}.deployment.stepPercent: found 10; this strategy does not use it; remove it, or set strategy to linear or canary`,
  ]);
});

test("fails when a linear deployment has steps that AWS does not take", () => {
  expect(problemsWith({ ...behind, deployment: { strategy: "linear", stepPercent: 2 } })).toEqual([
    `${at}.deployment.stepPercent: found 2; each step of a linear deployment shifts at least 3 percent; use 3 or more`,
  ]);
});

test.each(["arn:aws:cloudwatch:eu-west-1:111122223333:alarm:errors", "", " errors", "errors ", "a\nb"])(
  "fails when an alarm is called %j",
  (name) => {
    expect(problemsWith({ deployment: { alarms: [name] } })).toEqual([
      `${at}.deployment.alarms[0]: found ${JSON.stringify(name)}; this must be the name of a CloudWatch alarm, up to 255 characters, without spaces around it; use the name and not the ARN`,
    ]);
  },
);

test.each([
  { name: "Host", value: "new" },
  { name: "X Test", value: "new" },
  { name: "X-Test", value: "new*" },
])("fails when requests for tests have the header %j", (testHeader) => {
  expect(problemsWith({ ...behind, deployment: { strategy: "blueGreen", testHeader } })).toHaveLength(1);
});

test("fails when the AWS provider is too old for the strategy, and says from which version on it has it", () => {
  const problemsIn = (strategy: "rolling" | "blueGreen" | "linear" | "canary", version: string) =>
    providerVersionProblems(
      loadEnvironments(withService({ ...behind, deployment: { strategy } })),
      version,
    ).map(({ advice }) => advice);

  expect(problemsIn("blueGreen", "6.3.0")).toEqual([
    "deployment strategies of ECS services require AWS provider 6.4.0, and the configured version is 6.3.0; remove strategy, or raise awsProviderVersion",
  ]);
  expect(problemsIn("canary", "6.20.0")).toEqual([
    "the deployment strategies linear and canary require AWS provider 6.21.0, and the configured version is 6.20.0; remove strategy, or raise awsProviderVersion",
  ]);
  expect([problemsIn("rolling", "6.4.0"), problemsIn("linear", "6.21.0")]).toEqual([[], []]);
});

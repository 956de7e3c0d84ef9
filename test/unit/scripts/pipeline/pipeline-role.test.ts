import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import { declaredRole, pipelineEnvironments } from "../../../../scripts/pipeline/pipeline-role";
import { minimal, only } from "../../../support/environments/minimal";

const github = "acme/platform";
const state = { backend: "s3", bucket: "acme-tfstate" } as const;
const plan = { trust: [{ github, pullRequest: true }] };
const deploy = { trust: [{ github, environment: "production" }] };
const environments = (ci: object) => loadEnvironments(only({ ...minimal, state, security: { ci } } as never));

test("workflows deploy an environment whose roles trust GitHub", () => {
  const all = environments({ plan, deploy });
  expect(pipelineEnvironments(all, "deploy").map(({ protection }) => protection)).toEqual(["production"]);
  expect(pipelineEnvironments(environments({ plan }), "deploy")).toEqual([]);
  expect(pipelineEnvironments(environments({ plan }), "plan")).toHaveLength(1);
  expect(pipelineEnvironments(environments({}), "plan")).toEqual([]);
});

test("a role that is not declared is named", () => {
  const [environment] = environments({ plan });
  if (environment === undefined) throw new Error("no environment");
  expect(declaredRole(environment, "plan")).toMatch(/^arn:aws:iam::\d{12}:role\/.*-ci-plan$/);
  expect(() => declaredRole(environment, "deploy")).toThrow('has no role "deploy"; choose from plan');
});

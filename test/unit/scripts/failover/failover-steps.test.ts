import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import { failoverPlan } from "../../../../environments/plan/failover";
import { failoverSteps } from "../../../../scripts/failover/failover-steps";
import { everyConsumer } from "../../../support/every-consumer";
import { minimal, only } from "../../../support/synth";

function stepsOf(file: object) {
  const [environment] = loadEnvironments(only({ ...minimal, ...file }));
  if (environment === undefined) throw new Error("no environment");
  return new Map(failoverSteps(failoverPlan(environment, "eu-west-1")).map((step) => [step.title, step]));
}

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

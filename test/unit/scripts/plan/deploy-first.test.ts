import { expect, test } from "vitest";
import { layerToDeployFirst } from "../../../../scripts/plan/deploy-first";

test("the layer that comes first is in the condition that failed, over several lines", () => {
  expect(
    layerToDeployFirst(`
Error: Resource postcondition failed

  on cdk.tf.json line 95, in data.terraform_remote_state.security.lifecycle.postcondition[7]:

ecs_task_role_arns["admin"] of security-dev is missing; this must be the ARN
of a role, arn:aws:iam::123456789012:role/acme/dev/<name>; deploy that layer
again: npm run deploy -- dev --layer security
`),
  ).toBe("security");
  expect(
    layerToDeployFirst(`╷
│ AES256 encryption, mutable tags and no policies; deploy the replicas first:
│ npm run deploy -- dev --layer replicas
╵`),
  ).toBe("replicas");
});

test("another failure names no layer", () => {
  expect(layerToDeployFirst("Error: no valid credential sources")).toBeUndefined();
});

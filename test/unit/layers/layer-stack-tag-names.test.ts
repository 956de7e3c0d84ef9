import { expect, test } from "vitest";
import type { EnvironmentInput } from "../../../environments/options/environment";
import { only } from "../../support/environments/minimal";
import { everyConsumer } from "../../support/every-consumer";
import { synth } from "../../support/synth";

const tagNames = { project: "acme:project", environment: "env", layer: "layer", managedBy: "managed-by" };
const stacksOf = (input: EnvironmentInput) => synth(only(input));

/** Every object in a value, at any depth. */
function objectsIn(value: unknown): Record<string, unknown>[] {
  if (typeof value !== "object" || value === null) return [];
  return [value as Record<string, unknown>, ...Object.values(value).flatMap(objectsIn)];
}

test("the names that the file chooses are on every resource and in every policy", () => {
  const stacks = stacksOf({ ...everyConsumer, tagNames });
  const keys = objectsIn(stacks).flatMap((object) => Object.keys(object));
  const conditions = new Set(keys.filter((key) => /^aws:(?:Request|Resource)Tag\//.test(key)));

  expect(keys.filter((key) => ["Project", "Environment", "Layer", "ManagedBy"].includes(key))).toEqual([]);
  expect([...conditions].toSorted()).toEqual([
    "aws:RequestTag/acme:project",
    // The tags of EKS Pod Identity's sessions.
    "aws:RequestTag/eks-cluster-arn",
    "aws:RequestTag/env",
    "aws:RequestTag/kubernetes-namespace",
    "aws:RequestTag/kubernetes-service-account",
    "aws:ResourceTag/acme:project",
    "aws:ResourceTag/env",
  ]);
});

test("only the names of the tags differ", () => {
  const renamed = JSON.stringify(stacksOf({ ...everyConsumer, tagNames }))
    .replaceAll("acme:project", "Project")
    .replaceAll("Tag/env", "Tag/Environment")
    .replaceAll('"env":', '"Environment":')
    .replaceAll('"layer":', '"Layer":')
    .replaceAll('"managed-by":', '"ManagedBy":');

  expect(JSON.parse(renamed)).toEqual(stacksOf(everyConsumer));
});

import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { Construct } from "constructs";
import { expect, test } from "vitest";
import { loadEnvironments } from "../../../environments/load";
import { literalEnvironment } from "../../../environments/plan/literal-environment";
import { LayerStack } from "../../../layers/layer-stack";
import { NameScope } from "../../../modules/terraform/name-scope";
import { minimal, only } from "../../support/environments/minimal";
import { bareApp } from "../../support/synth";

class Stack extends LayerStack {}

/** A stack with a repository of each name, in a scope that knows the former names. */
function stackWith(names: readonly string[], former: Readonly<Record<string, string>>) {
  const environment = loadEnvironments(only(minimal)).map(literalEnvironment)[0];
  if (environment === undefined) throw new Error("there is an environment");
  const stack = new Stack(bareApp(), "compute-test", { layer: "compute", environment });
  const scope = new NameScope(stack, "repositories", "ecr", new Map(Object.entries(former)));
  for (const name of names) {
    const module = new Construct(scope, name);
    const repository = new EcrRepository(module, "repository", { name: `acme-${name}` });
    new EcrLifecyclePolicy(module, "lifecycle_policy", { repository: repository.name, policy: "{}" });
  }
  return stack;
}

test("everything in a renamed construct gets a moved block, and nothing else does", () => {
  const json = stackWith(["web", "api"], { web: "app" }).toTerraform();

  expect(json["moved"]).toEqual([
    { from: "aws_ecr_repository.app", to: "aws_ecr_repository.web" },
    { from: "aws_ecr_lifecycle_policy.app", to: "aws_ecr_lifecycle_policy.web" },
  ]);
});

test("former names are written as names are", () => {
  const json = stackWith(["web"], { web: "team/app" }).toTerraform();

  expect(json["moved"]).toContainEqual({
    from: expect.stringMatching(/^aws_ecr_repository\.team_app_[0-9a-f]{8}$/),
    to: "aws_ecr_repository.web",
  });
});

test("a moved block of a resource of its own stays", () => {
  const stack = stackWith(["web"], { web: "app" });
  new EcrRepository(stack, "other", { name: "other" }).moveFromId("aws_ecr_repository.another");

  expect(stack.toTerraform()["moved"]).toEqual([
    { from: "aws_ecr_repository.another", to: "aws_ecr_repository.other" },
    { from: "aws_ecr_repository.app", to: "aws_ecr_repository.web" },
    { from: "aws_ecr_lifecycle_policy.app", to: "aws_ecr_lifecycle_policy.web" },
  ]);
});

test("without a former name, a stack has no moved blocks", () => {
  expect(stackWith(["web"], {}).toTerraform()).not.toHaveProperty("moved");
});

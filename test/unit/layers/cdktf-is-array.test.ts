import util from "node:util";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { App, Fn, TerraformOutput, TerraformStack, Testing } from "cdktf";
import { afterEach, expect, test, vi } from "vitest";
import { loadProject } from "../../../environments/load";
import "../../../layers/cdktf-is-array";
import { guide } from "../../support/environments/guide";
import { writtenStacks } from "../../support/synth";

afterEach(() => vi.restoreAllMocks());

test("synth does not call the deprecated util.isArray", () => {
  const isArray = vi.spyOn(util, "isArray");

  writtenStacks(loadProject(guide));

  expect(isArray).not.toHaveBeenCalled();
});

test("an output holds a reference to a resource, and every other value as it is", () => {
  const stack = new TerraformStack(new App(), "test");
  const repository = new EcrRepository(stack, "app", { name: "app" });
  const value = {
    text: "a",
    list: ["b", repository],
    nested: { repository },
    none: [],
    joined: Fn.upper("c"),
  };
  new TerraformOutput(stack, "all", { value, staticId: true });

  const { output } = JSON.parse(Testing.synth(stack));

  expect(output.all.value).toEqual({
    text: "a",
    list: ["b", "${aws_ecr_repository.app}"],
    nested: { repository: "${aws_ecr_repository.app}" },
    none: [],
    joined: '${upper("c")}',
  });
});

import { Annotations } from "cdktf";
import { expect, test, vi } from "vitest";
import { definitions } from "../../../environments/all";
import { loadProject } from "../../../environments/load";
import { SinglePassStack } from "../../../layers/single-pass-stack";
import { minimal, only } from "../../support/environments/minimal";
import { everyConsumer } from "../../support/every-consumer";
import { hostileTexts } from "../../support/hostile-texts";
import { resolvedStacks, writtenStacks } from "../../support/synth";

const hostile = Object.fromEntries(
  hostileTexts.map((description, index) => [`app-${index}`, { description }]),
);
const projects = {
  "the environments of the project": definitions,
  "an environment with every consumer": only(everyConsumer),
  "texts of every kind": only({ ...minimal, security: { secrets: hostile } }),
};

test.each(Object.entries(projects))("%s: stacks have the JSON that synth writes", (_, of) => {
  const written = writtenStacks(loadProject(of));

  expect(JSON.stringify(resolvedStacks(loadProject(of)))).toBe(JSON.stringify(written));
});

test("an error annotation of a layer fails them, as it fails a synth", () => {
  const prepareStack = vi.spyOn(SinglePassStack.prototype, "prepareStack");
  prepareStack.mockImplementation(function (this: SinglePassStack) {
    Annotations.of(this).addError("it is wrong");
  });

  expect(() => resolvedStacks(loadProject(only(minimal)))).toThrow("security-test: it is wrong");
});

import { expect, test } from "vitest";
import { attributeTexts } from "../../../../scripts/review/attribute-text";
import { oneChange, policy } from "../../../support/review/one-change";

const textsOf = (before: unknown, after: unknown, more: object = {}) => {
  const one = oneChange("aws_ecs_task_definition.web", { text: before }, { text: after });
  return attributeTexts({ ...one, change: { ...one.change, ...more } }, ["text"]).map(({ text }) => text);
};
const containers = (...images: string[]) =>
  JSON.stringify(images.map((image, index) => ({ name: `c${index}`, image, environment: [] })));

test("of a document, each value that differs has its own line", () => {
  expect(textsOf(containers("a:1", "b:1"), containers("a:2", "b:1"))).toEqual([
    'text[0].image: "a:1" -> "a:2"',
  ]);
  expect(textsOf('{"a":{"b":1},"c":2}', '{"c":2,"a":{"b":3}}')).toEqual(["text.a.b: 1 -> 3"]);
  expect(textsOf('{"a":1}', '{"b":1}')).toEqual(["text.a: 1 -> null", "text.b: null -> 1"]);
});

test("many differences are a number", () => {
  const images = (tag: string) => containers(...Array.from({ length: 14 }, (_, index) => `${index}:${tag}`));

  const texts = textsOf(images("1"), images("2"));

  expect(texts.slice(-2)).toEqual(['text[9].image: "9:1" -> "9:2"', "text: 4 more values change"]);
});

test("a policy, a new document and one that is known after the apply only change", () => {
  const statement = { Action: "ecr:BatchGetImage", Principal: "*" };
  expect(textsOf(policy(), policy(statement))).toEqual(["text: the document changes"]);
  expect(textsOf(null, containers("a"))).toEqual(["text: the document changes"]);
  expect(textsOf(containers("a"), undefined, { after_unknown: { text: true } })).toEqual([
    "text: the document changes (known after apply)",
  ]);
});

test("a text that is no document, and a sensitive document, are as in Terraform", () => {
  expect(textsOf("[a]", "[b]")).toEqual(['text: "[a]" -> "[b]"']);
  expect(
    textsOf(containers("a"), containers("b"), {
      before_sensitive: { text: true },
      after_sensitive: { text: true },
    }),
  ).toEqual(["text[0].image: (sensitive value) -> (sensitive value)"]);
});

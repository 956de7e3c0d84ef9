import { expect, test } from "vitest";
import { transformed } from "../../support/input-transformer";

const event = {
  time: "2015-11-11T21:29:54Z",
  detail: { "instance-id": "i-0123456789", state: "RUNNING", tags: ["a", "b"], at: [{ zone: "z1" }] },
};

const paths = { instance: "$.detail.instance-id", state: "$.detail.state" };

/** Cases of AWS's documentation, and what follows from its text. */
test.each([
  ["variables", '"instance <instance> is in <state>"', '"instance i-0123456789 is in RUNNING"'],
  ["several lines", '"<instance>"\n"<state>"', '"i-0123456789"\n"RUNNING"'],
  ["escaped quotes", '"instance \\"<instance>\\""', '"instance \\"i-0123456789\\""'],
])("the model of the input transformer fills in %s", (_, template, expected) => {
  expect(transformed(paths, template, event)).toBe(expected);
});

test.each([
  ["a list without its quotes", "$.detail.tags", '"[a,b]"'],
  ["an element of a list", "$.detail.at[0].zone", '"z1"'],
  ["nothing for a path that is not there", "$.detail.none.at[3].all", '""'],
])("the model of the input transformer writes %s", (_, path, expected) => {
  expect(transformed({ value: path }, '"<value>"', event)).toBe(expected);
});

test.each([
  ["a value breaks its line", { quote: "$.detail.quote" }, '"<quote>"'],
  ["a line has no quotes", {}, "text"],
  ["a variable has no path", {}, '"<name>"'],
  ["a path is in brackets", { a: "$['detail']" }, '"<a>"'],
  ["a variable has a name of AWS", { "aws.events.x": "$.time" }, '"x"'],
])("the model of the input transformer fails when %s", (_, inputPaths, template) => {
  expect(() => transformed(inputPaths, template, { detail: { quote: 'a "b"' } })).toThrow();
});

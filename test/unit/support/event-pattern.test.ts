import { expect, test } from "vitest";
import { matchesEvent } from "../../support/event-pattern";

/** Cases of AWS's documentation, and what follows from its text. */
test.each<[string, object, object, boolean]>([
  ["a value", { source: ["aws.ec2"] }, { source: "aws.ec2" }, true],
  ["another value", { source: ["aws.ec2"] }, { source: "aws.ecr" }, false],
  ["a missing field", { source: ["aws.ec2"] }, {}, false],
  ["one of several values", { source: ["aws.ec2", "aws.ecr"] }, { source: "aws.ecr" }, true],
  ["a number, which is no string", { count: [1] }, { count: "1" }, false],
  ["null, which is not missing", { user: [null] }, { user: null }, true],
  ["null, where the field is missing", { user: [null] }, {}, false],
  ["two fields, of which one differs", { a: [1], b: [2] }, { a: 1, b: 3 }, false],
  ["a field inside a field", { detail: { state: ["on"] } }, { detail: { state: "on" } }, true],
  ["a field inside a missing field", { detail: { state: ["on"] } }, {}, false],
  ["a list that shares a value", { resources: ["x"] }, { resources: ["y", "x"] }, true],
  ["a list that shares none", { resources: ["x"] }, { resources: ["y"] }, false],
  ["an empty list", { resources: ["x"] }, { resources: [] }, false],
  ["a field of one of several objects", { a: { b: [1] } }, { a: [{ b: 2 }, { b: 1 }] }, true],
  ["a prefix", { region: [{ prefix: "us-" }] }, { region: "us-east-1" }, true],
  ["no prefix", { region: [{ prefix: "us-" }] }, { region: "eu-us-1" }, false],
  ["a prefix of a value in a list", { r: [{ prefix: "a" }] }, { r: ["b", "ab"] }, true],
  ["a suffix", { file: [{ suffix: ".png" }] }, { file: "a.png" }, true],
  ["anything but a value", { state: [{ "anything-but": "off" }] }, { state: "on" }, true],
  ["that value", { state: [{ "anything-but": "off" }] }, { state: "off" }, false],
  ["anything but a list", { state: [{ "anything-but": ["off", "on"] }] }, { state: "on" }, false],
  ["anything but a prefix", { s: [{ "anything-but": { prefix: "o" } }] }, { s: "on" }, false],
  ["anything but, where nothing is", { state: [{ "anything-but": "off" }] }, {}, false],
  ["a number in a range", { n: [{ numeric: [">", 0, "<=", 5] }] }, { n: 5 }, true],
  ["a number out of a range", { n: [{ numeric: [">", 0, "<=", 5] }] }, { n: 6 }, false],
  ["a number that is missing", { n: [{ numeric: [">", 0] }] }, {}, false],
  ["a number in quotes", { n: [{ numeric: [">", 0] }] }, { n: "1" }, false],
  ["a field that exists", { d: { n: [{ exists: true }] } }, { d: { n: 0 } }, true],
  ["a field that does not exist", { d: { n: [{ exists: true }] } }, { d: {} }, false],
  ["the absence of a field", { d: { n: [{ exists: false }] } }, { d: {} }, true],
  ["existence of what is no leaf", { d: [{ exists: true }] }, { d: { n: 0 } }, false],
  ["one branch", { d: { $or: [{ a: [1] }, { b: [2] }] } }, { d: { b: 2 } }, true],
  ["no branch", { d: { $or: [{ a: [1] }, { b: [2] }] } }, { d: { a: 2, b: 1 } }, false],
])("the model of EventBridge matches %s as AWS documents it", (_, pattern, event, expected) => {
  expect(matchesEvent(pattern, event)).toBe(expected);
});

test("the model of EventBridge refuses what it does not know", () => {
  expect(() => matchesEvent({ a: [{ wildcard: "x*" }] }, { a: "x" })).toThrow(
    "there is no operator wildcard",
  );
  expect(() => matchesEvent({ a: "x" }, { a: "x" })).toThrow("a pattern holds lists and objects only");
});

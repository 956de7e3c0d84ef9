import { expect, test } from "vitest";
import { readOperator } from "../../../../modules/iam/condition-operator";

test.each([
  [
    "StringEquals",
    { name: "StringEquals", family: "string", negated: false, set: undefined, ifExists: false },
  ],
  [
    "ForAllValues:StringNotLikeIfExists",
    { name: "StringNotLike", family: "string", negated: true, set: "ForAllValues", ifExists: true },
  ],
  [
    "ForAnyValue:ArnLike",
    { name: "ArnLike", family: "arn", negated: false, set: "ForAnyValue", ifExists: false },
  ],
  ["NotIpAddress", { name: "NotIpAddress", family: "ip", negated: true, set: undefined, ifExists: false }],
  ["Null", { name: "Null", family: "null", negated: false, set: undefined, ifExists: false }],
])("%s is read", (text, parts) => {
  expect(readOperator(text)).toEqual({ text, ...parts });
  expect(readOperator(text.toUpperCase())).toEqual({ text, ...parts });
});

test.each([
  ["StringEqual", 'IAM has no such condition operator; did you mean "StringEquals"?'],
  ["StringEqualIfExists", 'IAM has no such condition operator; did you mean "StringEqualsIfExists"?'],
  ["ForAnyValues:StringLike", 'IAM has no such condition operator; did you mean "ForAnyValue:StringLike"?'],
  [
    "ForAnyValue:",
    "IAM has no such condition operator; use one such as StringEquals, StringLike, ArnLike or Bool",
  ],
  [
    "IfExists",
    "IAM has no such condition operator; use one such as StringEquals, StringLike, ArnLike or Bool",
  ],
  ["", "IAM has no such condition operator; use one such as StringEquals, StringLike, ArnLike or Bool"],
  ["NullIfExists", "Null already asks whether a key exists, and IAM refuses NullIfExists; use Null"],
])("fails when an operator is %j", (text, advice) => {
  expect(readOperator(text)).toBe(advice);
});

test.each(["__proto__", "constructor", "toString", "ForAnyValue:constructor", "constructor:StringLike"])(
  "fails when an operator has the name %s of a property of objects",
  (text) => {
    expect(readOperator(text)).toEqual(expect.stringContaining("IAM has no such condition operator"));
  },
);

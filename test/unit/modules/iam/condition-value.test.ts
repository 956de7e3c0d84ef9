import { expect, test } from "vitest";
import type { OperatorFamily } from "../../../../modules/iam/condition-operator";
import { conditionValueProblem, ipRange } from "../../../../modules/iam/condition-value";

test.each<[OperatorFamily, string]>([
  ["string", ""],
  ["string", "anything *"],
  ["string", "${aws:PrincipalTag/team, 'none'}/*"],
  ["string", "${$}{a}${*}${?}"],
  ["numeric", "-3.5"],
  ["date", "2030-01-31"],
  ["date", "2030-01-31T00:00:00Z"],
  ["date", "1893456000"],
  ["date", "2032-02-29T23:59:59+01:00"],
  ["date", "2030-01"],
  ["string", "${accounts.google.com:aud}"],
  ["bool", "True"],
  ["ip", "203.0.113.7"],
  ["ip", "2001:db8::/32"],
  ["ip", "${aws:SourceIp}"],
  ["arn", "arn:aws:iam::444455556666:role/*"],
  ["arn", "arn:*:lambda:*:444455556666:function:a:b"],
  ["arn", "*"],
  ["null", "false"],
  ["binary", "QmluYXJ5VmFsdWVJbkJhc2U2NA=="],
])("operators of the family %s compare %j", (family, value) => {
  expect(conditionValueProblem(family, value)).toBeUndefined();
});

test.each<[OperatorFamily, string]>([
  ["string", "${"],
  ["string", "${aws:username"],
  ["string", "${aws:user name}"],
  ["string", "${}"],
  ["string", "${TfToken[TOKEN.5]}"],
  ["string", "${path.module}"],
  ["numeric", "1e"],
  ["numeric", ""],
  ["date", "31.01.2030"],
  ["date", "2030-13-01"],
  ["date", "2030-02-31T00:00:00Z"],
  ["date", "2030-01-31 00:00"],
  ["bool", "1"],
  ["ip", "203.0.113"],
  ["ip", "203.0.113.0/33"],
  ["ip", "2001:db8::/129"],
  ["arn", "444455556666"],
  ["arn", "arn:aws:iam:444455556666:role/build"],
  ["null", ""],
  ["binary", "ä"],
])("fails when operators of the family %s are to compare %j", (family, value) => {
  expect(conditionValueProblem(family, value)).toEqual(expect.stringContaining("; "));
});

test.each([
  ["203.0.113.0/24", { version: 4, prefix: 24 }],
  ["203.0.113.7", { version: 4, prefix: 32 }],
  ["::/0", { version: 6, prefix: 0 }],
  ["203.0.113.0/", undefined],
  ["a/8", undefined],
])("the range of %s is %j", (text, range) => {
  expect(ipRange(text)).toEqual(range);
});

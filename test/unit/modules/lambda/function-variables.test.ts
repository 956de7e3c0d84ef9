import fc from "fast-check";
import { expect, test } from "vitest";
import { variableBytes, variableNameProblem } from "../../../../modules/lambda/function-variables";

test.each([
  "AWS_REGION",
  "AWS_SESSION_TOKEN",
  "AWS_LAMBDA_FUNCTION_NAME",
  "LAMBDA_TASK_ROOT",
  "_HANDLER",
  "_X_AMZN_TRACE_ID",
])("Lambda reserves the variable %s", (name) => {
  expect(variableNameProblem(name)).toBe("Lambda reserves this variable name; choose another one");
});

test.each(["LOG_LEVEL", "a1", "AWS_LAMBDA_EXEC_WRAPPER", "AWS_XRAY_CONTEXT_MISSING", "TZ", "LAMBDA_MODE"])(
  "%s may be set",
  (name) => {
    expect(variableNameProblem(name)).toBeUndefined();
  },
);

test.each(["", "A", "1A", "_LEVEL", "LOG-LEVEL", "LOG.LEVEL", "LÖG", "A B"])(
  'fails when a variable is called "%s"',
  (name) => {
    expect(variableNameProblem(name)).toBe(
      "a variable name has two or more letters, digits and _ and starts with a letter; use a name such as LOG_LEVEL",
    );
  },
);

test("the size of variables is that of their JSON in UTF-8", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.string({ unit: "grapheme" })), (variables) => {
      expect(variableBytes(variables)).toBe(Buffer.byteLength(JSON.stringify(variables), "utf8"));
    }),
  );
});

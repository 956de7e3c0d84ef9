import {
  maxVariableBytes,
  variableBytes,
  variableNameProblem,
} from "../../modules/lambda/function-variables";
import type { UncheckedEnvironment } from "../options/environment";
import type { UncheckedFunction } from "../options/lambda";
import { secretArnShape } from "../plan/secrets";
import type { RuleContext } from "../schema/rule";

/** Rules of Lambda for the variables of a function, besides those that hold for every consumer. */
export function functionVariableRules(
  environment: UncheckedEnvironment,
  options: UncheckedFunction,
  context: RuleContext,
): void {
  names(options, context);
  size(environment, options, context);
}

function names({ environment, secrets }: UncheckedFunction, { problem }: RuleContext): void {
  for (const [section, values] of Object.entries({ environment, secrets }))
    for (const name of Object.keys(recordOf<unknown>(values))) {
      const advice = variableNameProblem(name);
      if (advice !== undefined) problem([section, name], name, advice);
    }
}

/** What stands in the file is measured with the ARNs of the secrets, whose length is known. */
function size(
  environment: UncheckedEnvironment,
  { environment: variables, secrets: named }: UncheckedFunction,
  { problem }: RuleContext,
): void {
  const texts = Object.entries(recordOf(variables)).map(([name, value]) => [name, String(value)]);
  const arns = Object.entries(recordOf(named)).map(([name, secret]) => [
    name,
    secretArnShape(environment, String(secret)),
  ]);
  const bytes = variableBytes(Object.fromEntries([...texts, ...arns]));
  if (bytes > maxVariableBytes)
    problem(
      ["environment"],
      `${bytes} bytes`,
      `with names and the ARNs of secrets, the variables of a function have up to ${maxVariableBytes} bytes; keep long texts elsewhere, for example in the image or in Parameter Store`,
    );
}

/** What is no object is reported by its shape. */
function recordOf<V>(value: Readonly<Record<string, V>> | undefined): Readonly<Record<string, V>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}

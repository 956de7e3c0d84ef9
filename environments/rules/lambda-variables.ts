import {
  maxVariableBytes,
  variableBytes,
  variableNameProblem,
} from "../../modules/lambda/function-variables";
import type { UncheckedEnvironment } from "../options/environment";
import type { UncheckedFunction } from "../options/lambda";
import { secretArnShape } from "../plan/secrets";
import type { RuleContext } from "../schema/rule";

/** Lambda rules for the variables of a function, in addition to those that apply to every consumer. */
export function functionVariableRules(
  environment: UncheckedEnvironment,
  options: UncheckedFunction,
  context: RuleContext,
): void {
  variableNames(options, context);
  variableSize(environment, options, context);
}

function variableNames({ environment, secrets }: UncheckedFunction, { problem }: RuleContext): void {
  for (const [section, values] of Object.entries({ environment, secrets }))
    for (const name of Object.keys(recordOf<unknown>(values))) {
      const advice = variableNameProblem(name);
      if (advice !== undefined) problem([section, name], name, advice);
    }
}

/** Includes the ARNs of the secrets, whose length is known before deployment. */
function variableSize(
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
      `Lambda allows ${maxVariableBytes} bytes for the variables of a function, including names and the ARNs of secrets; store long values elsewhere, for example in the image or in Parameter Store`,
    );
}

/** An empty object for a value that is not an object, which the schema reports. */
function recordOf<V>(value: Readonly<Record<string, V>> | undefined): Readonly<Record<string, V>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}

import {
  maxVariableBytes,
  variableBytes,
  variableNameProblem,
} from "../../modules/lambda/function-variables";
import type { EnvironmentCandidate } from "../options/environment";
import type { LambdaFunctionCandidate } from "../options/lambda";
import { knownSecrets, variableRules } from "../options/variables";
import { secretArnShape } from "../plan/secrets";
import type { RuleContext } from "../schema/rule";

/** Rules for the variables of a function and the secrets that they name. */
export function functionVariableRules(
  environment: EnvironmentCandidate,
  options: LambdaFunctionCandidate,
  at: readonly PropertyKey[],
  context: RuleContext,
): void {
  names(options, at, context);
  variableRules(options, at, context);
  size(environment, options, at, context);
  knownSecrets(environment, options, at, context);
}

function names(
  { environment, secrets }: LambdaFunctionCandidate,
  at: readonly PropertyKey[],
  { problem }: RuleContext,
): void {
  for (const [section, values] of Object.entries({ environment, secrets }))
    for (const name of Object.keys(recordOf<unknown>(values))) {
      const advice = variableNameProblem(name);
      if (advice !== undefined) problem([...at, section, name], name, advice);
    }
}

/** What stands in the file is measured with the ARNs of the secrets, whose length is known. */
function size(
  environment: EnvironmentCandidate,
  { environment: variables, secrets: named }: LambdaFunctionCandidate,
  at: readonly PropertyKey[],
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
      [...at, "environment"],
      `${bytes} bytes`,
      `with names and the ARNs of secrets, the variables of a function have up to ${maxVariableBytes} bytes; keep long texts elsewhere, for example in the image or in Parameter Store`,
    );
}

/** What is no object is reported by its shape. */
function recordOf<V>(value: Readonly<Record<string, V>> | undefined): Readonly<Record<string, V>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}

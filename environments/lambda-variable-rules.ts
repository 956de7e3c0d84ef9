import { partitionOf } from "../modules/aws-partition";
import { maxVariableBytes, variableBytes, variableNameProblem } from "../modules/lambda/function-variables";
import type { EnvironmentCandidate } from "./environment-options";
import type { LambdaFunctionCandidate } from "./lambda-options";
import { secretName } from "./naming";
import { suggest } from "./problem";
import type { RuleContext } from "./rule";

/** Rules for the variables of a function and the secrets that they name. */
export function variableRules(
  environment: EnvironmentCandidate,
  options: LambdaFunctionCandidate,
  at: readonly PropertyKey[],
  context: RuleContext,
): void {
  names(options, at, context);
  size(environment, options, at, context);
  secrets(environment, options, at, context);
}

function names(
  { environment, secrets: named }: LambdaFunctionCandidate,
  at: readonly PropertyKey[],
  { problem }: RuleContext,
): void {
  const given = { environment: recordOf(environment), secrets: recordOf(named) };
  for (const [section, values] of Object.entries(given))
    for (const name of Object.keys(values)) {
      const advice = variableNameProblem(name);
      if (advice !== undefined) problem([...at, section, name], name, advice);
    }
  for (const name of Object.keys(given.secrets))
    if (name in given.environment)
      problem([...at, "secrets", name], name, "environment has a variable of this name; rename one of them");
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

/** An ARN as long as that of a secret will be. AWS adds a hyphen and six characters to the name. */
function secretArnShape(
  { project = "", name = "", region = "", accountId, security }: EnvironmentCandidate,
  secret: string,
): string {
  const { pullThroughCache = false } = recordOf(security?.secrets)[secret] ?? {};
  const full = secretName({ project, name }, secret, { pullThroughCache });
  return `arn:${partitionOf(region)}:secretsmanager:${region}:${accountId}:secret:${full}-abcdef`;
}

function secrets(
  { security }: EnvironmentCandidate,
  { secrets: named }: LambdaFunctionCandidate,
  at: readonly PropertyKey[],
  { problem }: RuleContext,
): void {
  const known = Object.keys(recordOf(security?.secrets));
  for (const [variable, secret] of Object.entries(recordOf(named))) {
    if (typeof secret !== "string" || secret.trim() === "" || known.includes(secret)) continue;
    const remedy =
      suggest(secret, known) ??
      (known.length > 0 ? `there are ${known.join(", ")}` : "add it to security.secrets");
    problem([...at, "secrets", variable], secret, `security.secrets has no secret of this name; ${remedy}`);
  }
}

/** What is no object is reported by its shape. */
function recordOf<V>(value: Readonly<Record<string, V>> | undefined): Readonly<Record<string, V>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}

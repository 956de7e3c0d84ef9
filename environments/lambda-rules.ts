import { partitionOf } from "../modules/aws-partition";
import { maxVariableBytes, variableBytes, variableNameProblem } from "../modules/lambda/function-variables";
import { repositoriesOf } from "./candidate-repositories";
import type { EnvironmentCandidate } from "./environment-options";
import type { LambdaFunctionCandidate } from "./lambda-options";
import { functionRoleName, namePrefix, secretName } from "./naming";
import { suggest } from "./problem";
import type { RuleContext } from "./rule";

/** IAM's limit on the name of a role. Lambda takes as many for a function. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const maxRoleName = 64;

/** Rules between the functions of an environment and its other sections. */
export function lambdaRules(environment: EnvironmentCandidate, context: RuleContext): void {
  const functions = environment.lambda?.functions;
  if (typeof functions !== "object" || functions === null) return;
  const named = Object.entries(functions).flatMap(([name, options]): [string, LambdaFunctionCandidate][] =>
    typeof options === "object" && options !== null ? [[name, options]] : [],
  );
  for (const [name, options] of named) {
    const at = ["lambda", "functions", name];
    functionNames(environment, name, at, context);
    variables(options, at, context);
    variablesSize(environment, options, at, context);
    secrets(environment, options, at, context);
    vpc(environment, options, at, context);
    oneArchitecture(environment, options, at, context);
  }
  pullPermission(environment, named, context);
}

function functionNames(
  { project, name }: EnvironmentCandidate,
  shortName: string,
  at: readonly PropertyKey[],
  { problem }: RuleContext,
): void {
  if (!/^[a-zA-Z0-9_-]+$/.test(shortName))
    problem(
      at,
      shortName,
      "the name of a function has letters, digits, - and _; write for example image-processor",
    );
  if (typeof project !== "string" || typeof name !== "string") return;
  const role = functionRoleName({ project, name }, shortName);
  // A project or environment that breaks its own rule is reported there.
  const room = maxRoleName - functionRoleName({ project, name }, "").length;
  if (room > 0 && role.length > maxRoleName)
    problem(
      at,
      shortName,
      `its role would be called ${role}, and IAM takes ${maxRoleName} characters; with ${namePrefix({ project, name })} use up to ${room}`,
    );
}

function variables(
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
function variablesSize(
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
  const size = variableBytes(Object.fromEntries([...texts, ...arns]));
  if (size > maxVariableBytes)
    problem(
      [...at, "environment"],
      `${size} bytes`,
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
  const names = Object.keys(recordOf(security?.secrets));
  for (const [variable, secret] of Object.entries(recordOf(named))) {
    if (typeof secret !== "string" || secret.trim() === "" || names.includes(secret)) continue;
    const remedy =
      suggest(secret, names) ??
      (names.length > 0 ? `there are ${names.join(", ")}` : "add it to security.secrets");
    problem([...at, "secrets", variable], secret, `security.secrets has no secret of this name; ${remedy}`);
  }
}

function vpc(
  { network }: EnvironmentCandidate,
  { vpc: wanted }: LambdaFunctionCandidate,
  at: readonly PropertyKey[],
  { problem }: RuleContext,
): void {
  if (wanted === true && network === undefined)
    problem([...at, "vpc"], wanted, "the environment has no network; add network, or remove vpc: true");
}

/**
 * A tag of a repository for several architectures names a manifest list.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/images-create.html
 */
function oneArchitecture(
  environment: EnvironmentCandidate,
  { image }: LambdaFunctionCandidate,
  at: readonly PropertyKey[],
  { problem }: RuleContext,
): void {
  if (typeof image?.tag !== "string") return;
  const [, repository] = repositoriesOf(environment).find(([name]) => name === image.repository) ?? [];
  if (repository?.multiArchitecture === true)
    problem(
      [...at, "image", "tag"],
      image.tag,
      `tags of "${image.repository}" name images for several architectures, which Lambda does not take; write the digest of the image for one`,
    );
}

/**
 * Without the statement in the repository's policy Lambda would add it by itself, and the next deploy take it away.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/images-create.html
 */
function pullPermission(
  environment: EnvironmentCandidate,
  functions: readonly [string, LambdaFunctionCandidate][],
  { problem }: RuleContext,
): void {
  for (const [name, { enableLambdaPull }] of repositoriesOf(environment)) {
    const running = functions.filter(([, { image }]) => image?.repository === name);
    if (running.length === 0 || enableLambdaPull !== false) continue;
    problem(
      ["ecr", "repositories", name, "enableLambdaPull"],
      enableLambdaPull,
      `lambda.functions runs its images (${running.map(([name]) => name).join(", ")}), for which Lambda must be allowed to pull; write enableLambdaPull: true`,
    );
  }
}

/** What is no object is reported by its shape. */
function recordOf<V>(value: Readonly<Record<string, V>> | undefined): Readonly<Record<string, V>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}

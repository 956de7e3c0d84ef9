import { functionRoleName, maxRoleNameLength, namePrefix } from "../naming";
import type { RepositoryCandidate } from "../options/ecr";
import type { EnvironmentCandidate } from "../options/environment";
import type { LambdaFunctionCandidate } from "../options/lambda";
import type { RuleContext } from "../schema/rule";
import { entriesIn } from "../schema/unchecked-map";
import { repositoriesOf } from "../schema/unchecked-repositories";
import { functionVariableRules } from "./lambda-variables";

type Repositories = ReadonlyMap<string, RepositoryCandidate>;

/** Rules between the functions of an environment and its other sections. */
export function lambdaRules(environment: EnvironmentCandidate, context: RuleContext): void {
  const named = entriesIn(environment.lambda?.functions);
  const repositories = new Map(repositoriesOf(environment));
  const inLowerCase = new Map<string, string>();
  for (const [name, options] of named) {
    const at = ["lambda", "functions", name];
    functionNames(environment, name, at, context);
    // https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
    const alike = inLowerCase.get(name.toLowerCase());
    if (alike !== undefined)
      context.problem(
        at,
        name,
        `"${alike}" differs in case only, and IAM takes the names of their roles for one; rename one of them`,
      );
    else inLowerCase.set(name.toLowerCase(), name);
    functionVariableRules(environment, options, at, context);
    vpc(environment, options, at, context);
    oneArchitecture(repositories, options, at, context);
  }
  pullPermission(repositories, named, context);
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
  // The name of the function itself, for which Lambda takes as many characters, is shorter.
  const role = functionRoleName({ project, name }, shortName);
  // A project or environment that breaks its own rule is reported there.
  const room = maxRoleNameLength - functionRoleName({ project, name }, "").length;
  if (room > 0 && role.length > maxRoleNameLength)
    problem(
      at,
      shortName,
      `its role would be called ${role}, and IAM takes ${maxRoleNameLength} characters; with ${namePrefix({ project, name })} use up to ${room}`,
    );
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
  repositories: Repositories,
  { image }: LambdaFunctionCandidate,
  at: readonly PropertyKey[],
  { problem }: RuleContext,
): void {
  if (typeof image?.tag !== "string") return;
  if (repositories.get(image.repository ?? "")?.multiArchitecture === true)
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
  repositories: Repositories,
  functions: readonly [string, LambdaFunctionCandidate][],
  { problem }: RuleContext,
): void {
  const running = new Map<string, string[]>();
  for (const [name, { image }] of functions)
    if (typeof image?.repository === "string")
      running.set(image.repository, [...(running.get(image.repository) ?? []), name]);
  for (const [repository, names] of running) {
    const enableLambdaPull = repositories.get(repository)?.enableLambdaPull;
    if (enableLambdaPull !== false) continue;
    problem(
      ["ecr", "repositories", repository, "enableLambdaPull"],
      enableLambdaPull,
      `lambda.functions runs its images (${names.join(", ")}), for which Lambda must be allowed to pull; write enableLambdaPull: true`,
    );
  }
}

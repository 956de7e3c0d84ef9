import { maxRoleNameLength, namePrefix } from "../naming";
import type { UncheckedEnvironment } from "../options/environment";
import type { UncheckedFunction } from "../options/lambda";
import type { UncheckedRepository } from "../options/repository";
import { functionRoleName } from "../plan/lambda";
import type { RuleContext } from "../schema/rule";
import { entriesIn } from "../schema/unchecked";
import { functionVariableRules } from "./lambda-variables";
import { environmentIdOf, repositoriesOf } from "./sections";

type Repositories = ReadonlyMap<string, UncheckedRepository>;

/** Rules between the functions of an environment and its other sections. */
export function lambdaRules(environment: UncheckedEnvironment, context: RuleContext): void {
  const named = entriesIn(environment.lambda?.functions);
  const repositories = new Map(repositoriesOf(environment));
  const namesByLowerCase = new Map<string, string>();
  for (const [name, options] of named) {
    const at = context.at("lambda", "functions", name);
    functionNames(environment, name, at);
    // https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
    const sameName = namesByLowerCase.get(name.toLowerCase());
    if (sameName !== undefined)
      at.problem(
        [],
        name,
        `"${sameName}" differs only in case, and IAM role names are not case sensitive; rename one of them`,
      );
    else namesByLowerCase.set(name.toLowerCase(), name);
    functionVariableRules(environment, options, at);
    vpc(environment, options, at);
    singleArchitecture(repositories, options, at);
    aliasOfPipeline(options, at);
  }
  pullPermission(repositories, named, context);
}

function functionNames(environment: UncheckedEnvironment, shortName: string, { problem }: RuleContext): void {
  if (!/^[a-zA-Z0-9_-]+$/.test(shortName))
    problem(
      [],
      shortName,
      "a function name has letters, digits, - and _; use a name such as image-processor",
    );
  const identity = environmentIdOf(environment);
  if (identity === undefined) return;
  // Lambda allows equally long function names, and the function name is shorter than the role name.
  const role = functionRoleName(identity, shortName);
  // The schema reports an invalid project or environment name.
  const maxLength = maxRoleNameLength - functionRoleName(identity, "").length;
  if (maxLength > 0 && role.length > maxRoleNameLength)
    problem(
      [],
      shortName,
      `its role name would be ${role}, and IAM role names have at most ${maxRoleNameLength} characters; with ${namePrefix(identity)}, use up to ${maxLength} characters`,
    );
}

function vpc(
  { network }: UncheckedEnvironment,
  { vpc: inVpc }: UncheckedFunction,
  { problem }: RuleContext,
): void {
  if (inVpc === true && network === undefined)
    problem(["vpc"], inVpc, "the environment has no network; add network or remove vpc: true");
}

/**
 * A tag in a multi-architecture repository identifies a manifest list.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/images-create.html
 */
function singleArchitecture(
  repositories: Repositories,
  { image }: UncheckedFunction,
  { problem }: RuleContext,
): void {
  if (typeof image?.tag !== "string") return;
  if (repositories.get(image.repository ?? "")?.multiArchitecture === true)
    problem(
      ["image", "tag"],
      image.tag,
      `tags in "${image.repository}" identify multi-architecture images, which Lambda does not support; use the digest of a single-architecture image`,
    );
}

/** Callers of the function itself would get each image at once, without gradual shifting or rollback. */
function aliasOfPipeline({ image, alias }: UncheckedFunction, { problem }: RuleContext): void {
  if (image?.managedBy === "pipeline" && alias === undefined)
    problem(
      ["alias"],
      alias,
      'the pipeline deploys images to an alias, which it moves in steps; add alias: "live", and let callers use the alias',
    );
}

/**
 * If the repository policy lacks the statement, Lambda adds it, and the next deployment removes it again.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/images-create.html
 */
function pullPermission(
  repositories: Repositories,
  functions: readonly [string, UncheckedFunction][],
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
      `functions in lambda.functions run its images (${names.join(", ")}), so Lambda needs permission to pull; set enableLambdaPull: true`,
    );
  }
}

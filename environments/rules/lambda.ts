import { maxRoleNameLength, namePrefix } from "../naming";
import type { UncheckedEnvironment } from "../options/environment";
import type { UncheckedFunction } from "../options/lambda";
import type { UncheckedRepository } from "../options/repository";
import { functionRoleName } from "../plan/lambda";
import type { RuleContext } from "../schema/rule";
import { entriesIn } from "../schema/unchecked";
import { functionVariableRules } from "./lambda-variables";
import { identified, repositoriesOf } from "./sections";

type Repositories = ReadonlyMap<string, UncheckedRepository>;

/** Rules between the functions of an environment and its other sections. */
export function lambdaRules(environment: UncheckedEnvironment, context: RuleContext): void {
  const named = entriesIn(environment.lambda?.functions);
  const repositories = new Map(repositoriesOf(environment));
  const inLowerCase = new Map<string, string>();
  for (const [name, options] of named) {
    const at = context.at("lambda", "functions", name);
    functionNames(environment, name, at);
    // https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
    const alike = inLowerCase.get(name.toLowerCase());
    if (alike !== undefined)
      at.problem(
        [],
        name,
        `"${alike}" differs in case only, and IAM takes the names of their roles for one; rename one of them`,
      );
    else inLowerCase.set(name.toLowerCase(), name);
    functionVariableRules(environment, options, at);
    vpc(environment, options, at);
    oneArchitecture(repositories, options, at);
  }
  pullPermission(repositories, named, context);
}

function functionNames(environment: UncheckedEnvironment, shortName: string, { problem }: RuleContext): void {
  if (!/^[a-zA-Z0-9_-]+$/.test(shortName))
    problem(
      [],
      shortName,
      "the name of a function has letters, digits, - and _; write for example image-processor",
    );
  const identity = identified(environment);
  if (identity === undefined) return;
  // The name of the function itself, for which Lambda takes as many characters, is shorter.
  const role = functionRoleName(identity, shortName);
  // A project or environment that breaks its own rule is reported there.
  const room = maxRoleNameLength - functionRoleName(identity, "").length;
  if (room > 0 && role.length > maxRoleNameLength)
    problem(
      [],
      shortName,
      `its role would be called ${role}, and IAM takes ${maxRoleNameLength} characters; with ${namePrefix(identity)} use up to ${room}`,
    );
}

function vpc(
  { network }: UncheckedEnvironment,
  { vpc: wanted }: UncheckedFunction,
  { problem }: RuleContext,
): void {
  if (wanted === true && network === undefined)
    problem(["vpc"], wanted, "the environment has no network; add network, or remove vpc: true");
}

/**
 * A tag of a repository for several architectures names a manifest list.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/images-create.html
 */
function oneArchitecture(
  repositories: Repositories,
  { image }: UncheckedFunction,
  { problem }: RuleContext,
): void {
  if (typeof image?.tag !== "string") return;
  if (repositories.get(image.repository ?? "")?.multiArchitecture === true)
    problem(
      ["image", "tag"],
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
      `lambda.functions runs its images (${names.join(", ")}), for which Lambda must be allowed to pull; write enableLambdaPull: true`,
    );
  }
}

import { maxRolePolicyLength } from "../../modules/ecr/access/identity-policy";
import { partitionOf } from "../../modules/iam/aws-partition";
import { policyDocument } from "../../modules/iam/policy-document";
import { ciRoleName, maxRoleNameLength, rolePath } from "../naming";
import type { UncheckedCi } from "../options/ci";
import type { UncheckedTrust } from "../options/ci-trust";
import type { UncheckedEnvironment } from "../options/environment";
import { type PushTargets, pushStatements } from "../plan/ci-roles";
import { isRoleOf } from "../plan/roles";
import { unknownName } from "../schema/problem";
import type { RuleContext } from "../schema/rule";
import { entriesIn, itemsIn, namesIn, textsIn } from "../schema/unchecked";
import { environmentAddressOf, environmentIdOf, repositoriesOf } from "./sections";
import { trustedRole, trustRules } from "./trust";

const namePattern = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** Rules for pipeline roles, and between them and the rest of the environment. */
export function ciRules(environment: UncheckedEnvironment, context: RuleContext): void {
  const ci = environment.security?.ci;
  if (typeof ci !== "object" || ci === null) return;
  const at = context.at("security", "ci");
  pushRoles(environment, ci, at.at("push"));
  trusts(environment, ci, at);
  if (ci.deploy !== undefined) {
    keyAdministrators(environment, context);
    rolesOutsideEnvironment(environment, context);
  }
  for (const role of ["plan", "deploy"] as const)
    if (ci[role] !== undefined && environment.state?.backend === "local")
      at.problem(
        [role],
        ci[role],
        'pipelines cannot access state on a local machine; use state: { backend: "s3", bucket }',
      );
}

/** Rules for every `trust` entry, depending on the kind of role. */
function trusts(environment: UncheckedEnvironment, ci: UncheckedCi, context: RuleContext): void {
  const { push, plan, deploy } = ci;
  const check = (trust: UncheckedTrust, at: RuleContext) => {
    trustRules(ci, trust, at);
    trustedRole(environment, trust, at);
  };
  for (const [trust, at] of trustsOf(plan, context.at("plan"))) check(trust, at);
  for (const [trust, at] of trustsOf(deploy, context.at("deploy"))) {
    check(trust, at);
    reviewedOnly(trust, at);
    for (const part of ["branch", "tag"] as const)
      if (/^[^A-Za-z0-9]*\*[^A-Za-z0-9]*$/.test(trust[part] ?? ""))
        at.problem(
          [part],
          trust[part],
          `this allows every ${part}${/^\*+$/.test(trust[part] ?? "") ? "" : " that anyone names so"} to deploy; use specific names, or a * only at the end`,
        );
  }
  for (const [name, role] of entriesIn(push))
    for (const [trust, at] of trustsOf(role, context.at("push", name))) {
      check(trust, at);
      reviewedOnly(trust, at);
    }
}

function trustsOf(role: { readonly trust?: unknown } | undefined, context: RuleContext) {
  return itemsIn(role?.trust).flatMap(([trust, index]): [UncheckedTrust, RuleContext][] =>
    typeof trust === "object" && trust !== null
      ? [[trust as UncheckedTrust, context.at("trust", index)]]
      : [],
  );
}

/**
 * Refuses pull requests, and environments with a `*`, which include pull requests: GitHub creates an environment that
 * a job names, without protection, and the token of the job then names the environment and nothing else.
 *
 * @see https://docs.github.com/en/actions/how-tos/deploy/configure-and-manage-deployments/manage-environments
 */
function reviewedOnly({ pullRequest, environment }: UncheckedTrust, { problem }: RuleContext): void {
  if (pullRequest === true)
    problem(
      ["pullRequest"],
      true,
      "a pull request runs code that no one has reviewed, so it may only plan; use branch, tag or environment",
    );
  if (typeof environment === "string" && environment.includes("*"))
    problem(
      ["environment"],
      environment,
      "GitHub creates an environment that a job names, without protection, even in a pull request, so a * lets anyone who can push a branch assume this role; use the names of protected environments, one in each entry",
    );
}

/** Only the administrators of a key may change the key. */
function keyAdministrators(environment: UncheckedEnvironment, { problem }: RuleContext): void {
  const administrators: unknown = environment.security?.kms?.administrators;
  if (!Array.isArray(administrators) || administrators.length === 0) return;
  const address = environmentAddressOf(environment);
  if (address === undefined) return;
  const { accountId, region } = address;
  const role = `arn:${partitionOf(region)}:iam::${accountId}:role/${ciRoleName(address, "deploy")}`;
  if (!administrators.includes(role))
    problem(
      ["security", "kms", "administrators"],
      administrators,
      `the role of security.ci.deploy creates and changes the keys, so it must be one of their administrators; add ${role}`,
    );
}

/** The deploy role manages only roles of its environment, so it cannot grant access to other roles in the account. */
function rolesOutsideEnvironment(environment: UncheckedEnvironment, context: RuleContext): void {
  const identity = environmentIdOf(environment);
  if (identity === undefined) return;
  const environmentRole = `:role${rolePath(identity)}`;
  for (const [repository, options] of repositoriesOf(environment))
    for (const option of ["pullRoleArns", "pushRoleArns"] as const)
      for (const [arn, index] of textsIn(options[option]))
        if (isRoleOf(environment.accountId, arn) && !arn.includes(environmentRole))
          context.problem(
            ["ecr", "repositories", repository, option, index],
            arn,
            "a role in the same account is granted access by an inline policy, which the role of security.ci.deploy may add only to roles of the environment; remove it and add the policy where the role is created",
          );
}

function pushRoles(environment: UncheckedEnvironment, { push }: UncheckedCi, context: RuleContext): void {
  for (const [name, role] of entriesIn(push)) {
    const at = context.at(name);
    pushRoleName(environment, name, at);
    for (const section of ["repositories", "publicRepositories"] as const) {
      const known = namesIn(environment.ecr?.[section]);
      for (const [repository, index] of textsIn(role[section])) {
        if (repository.trim() === "" || known === undefined || known.includes(repository)) continue;
        at.problem(
          [section, index],
          repository,
          unknownName(`ecr.${section}`, "repository", repository, known),
        );
      }
    }
    const { repositories = [], publicRepositories = [] } = role;
    if (isEmpty(repositories) && isEmpty(publicRepositories))
      at.problem(["repositories"], repositories, "a role needs a repository to push to; add its short name");
    pushPolicyLength(environment, { repositories, publicRepositories }, at);
  }
}

const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

function pushRoleName(environment: UncheckedEnvironment, name: string, { problem }: RuleContext): void {
  if (!namePattern.test(name))
    problem(
      [],
      name,
      "a role name has lowercase letters and digits, with single hyphens between them; use a name such as web-app",
    );
  const identity = environmentIdOf(environment);
  if (identity === undefined) return;
  const fullName = ciRoleName(identity, `push-${name}`);
  if (fullName.length > maxRoleNameLength)
    problem(
      [],
      name,
      `the role name would be ${fullName}, which has ${fullName.length} characters, and IAM role names have at most ${maxRoleNameLength}; shorten it`,
    );
}

function pushPolicyLength(
  environment: UncheckedEnvironment,
  targets: Readonly<Record<keyof PushTargets, unknown>>,
  { problem }: RuleContext,
): void {
  const address = environmentAddressOf(environment);
  if (address === undefined) return;
  const namesOf = (names: unknown) => textsIn(names).map(([repository]) => repository);
  const [repositories, publicRepositories] = [
    namesOf(targets.repositories),
    namesOf(targets.publicRepositories),
  ];
  const { length } = policyDocument(pushStatements(address, { repositories, publicRepositories }));
  if (length > maxRolePolicyLength)
    problem(
      ["repositories"],
      `${repositories.length + publicRepositories.length} repositories`,
      `the policy of the role would have ${length} characters, and IAM allows ${maxRolePolicyLength}; distribute them across several roles`,
    );
}

import { maxWorkloadLength } from "../../modules/ci/role-boundary";
import { maxRolePolicyLength } from "../../modules/ecr/access/identity-policy";
import { partitionOf } from "../../modules/iam/aws-partition";
import { policyDocument } from "../../modules/iam/policy-document";
import { ciRoleName, maxRoleNameLength, rolePath } from "../naming";
import type { UncheckedCi, UncheckedTrust } from "../options/ci";
import type { UncheckedEnvironment } from "../options/environment";
import { pushStatements } from "../plan/ci-roles";
import { isRoleOf } from "../plan/roles";
import { unknownName } from "../schema/problem";
import type { RuleContext } from "../schema/rule";
import { entriesIn, itemsIn, namesIn, textsIn } from "../schema/unchecked";
import { identified, located, repositoriesOf } from "./sections";
import { trustRules } from "./trust";

const namePattern = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** Rules for the roles of pipelines, alone and with the rest of the environment. */
export function ciRules(environment: UncheckedEnvironment, context: RuleContext): void {
  const ci = environment.security?.ci;
  if (typeof ci !== "object" || ci === null) return;
  const at = context.at("security", "ci");
  pushRoles(environment, ci, at.at("push"));
  trusts(ci, at);
  if (ci.deploy !== undefined) {
    keyAdministrators(environment, context);
    rolesOfOthers(environment, context);
    boundaryLength(ci.deploy, at);
  }
  for (const role of ["plan", "deploy"] as const)
    if (ci[role] !== undefined && environment.state?.backend === "local")
      at.problem(
        [role],
        ci[role],
        'pipelines cannot reach a state that lies on one machine; write state: { backend: "s3", bucket }',
      );
}

/** Every entry of a `trust`, and what each kind of role may trust. */
function trusts({ push, plan, deploy }: UncheckedCi, context: RuleContext): void {
  for (const [trust, at] of trustsOf(plan, context.at("plan"))) trustRules(trust, at);
  for (const [trust, at] of trustsOf(deploy, context.at("deploy"))) {
    trustRules(trust, at);
    noPullRequest(trust, at);
    for (const part of ["branch", "tag", "environment"] as const)
      if (trust[part] === "*")
        at.problem(
          [part],
          "*",
          `this lets every ${part} deploy; name those that may, for example with a * at the end only`,
        );
  }
  for (const [name, role] of entriesIn(push))
    for (const [trust, at] of trustsOf(role, context.at("push", name))) {
      trustRules(trust, at);
      noPullRequest(trust, at);
    }
}

function trustsOf(role: { readonly trust?: unknown } | undefined, context: RuleContext) {
  return itemsIn(role?.trust).flatMap(([trust, index]): [UncheckedTrust, RuleContext][] =>
    typeof trust === "object" && trust !== null
      ? [[trust as UncheckedTrust, context.at("trust", index)]]
      : [],
  );
}

function noPullRequest({ pullRequest }: UncheckedTrust, { problem }: RuleContext): void {
  if (pullRequest === true)
    problem(
      ["pullRequest"],
      true,
      "a pull request runs what nobody has reviewed, so it may only plan; write branch, tag or environment",
    );
}

/** Only the administrators of a key may change it. */
function keyAdministrators(environment: UncheckedEnvironment, { problem }: RuleContext): void {
  const { accountId, region, security } = environment;
  const administrators: unknown = security?.kms?.administrators;
  if (!Array.isArray(administrators) || administrators.length === 0) return;
  const identity = identified(environment);
  if (identity === undefined || typeof region !== "string") return;
  const role = `arn:${partitionOf(region)}:iam::${accountId}:role/${ciRoleName(identity, "deploy")}`;
  if (!administrators.includes(role))
    problem(
      ["security", "kms", "administrators"],
      administrators,
      `the role of security.ci.deploy makes and changes the keys, so it must be among their administrators; add ${role}`,
    );
}

/** The deploy role manages roles of its own environment only, and their permissions are in policies of the roles. */
function rolesOfOthers(environment: UncheckedEnvironment, context: RuleContext): void {
  const identity = identified(environment);
  if (identity === undefined) return;
  const own = `:role${rolePath(identity)}`;
  for (const [repository, options] of repositoriesOf(environment))
    for (const option of ["pullRoleArns", "pushRoleArns"] as const)
      for (const [arn, index] of textsIn(options[option]))
        if (isRoleOf(environment.accountId, arn) && !arn.includes(own))
          context.problem(
            ["ecr", "repositories", repository, option, index],
            arn,
            "a role of the same account gets a policy, and the role of security.ci.deploy may write none for roles that others made; take it out and give the role its policy where it is made",
          );
}

/** The boundary is one policy. */
function boundaryLength(deploy: UncheckedCi["deploy"], { problem }: RuleContext): void {
  const actions: unknown = deploy?.workloadActions;
  if (!Array.isArray(actions)) return;
  const { length } = JSON.stringify(actions);
  if (length > maxWorkloadLength)
    problem(
      ["deploy", "workloadActions"],
      `${actions.length} actions`,
      `they have ${length} characters, and the policy that bounds roles has room for ${maxWorkloadLength}; write fewer, with a * at the end`,
    );
}

function pushRoles(environment: UncheckedEnvironment, { push }: UncheckedCi, context: RuleContext): void {
  const known = namesIn(environment.ecr?.repositories);
  for (const [name, role] of entriesIn(push)) {
    const at = context.at(name);
    roleName(environment, name, at);
    for (const [repository, index] of textsIn(role.repositories)) {
      if (repository.trim() === "" || known === undefined || known.includes(repository)) continue;
      at.problem(
        ["repositories", index],
        repository,
        unknownName("ecr.repositories", "repository", repository, known),
      );
    }
    policyLength(environment, role.repositories, at);
  }
}

function roleName(environment: UncheckedEnvironment, name: string, { problem }: RuleContext): void {
  if (!namePattern.test(name))
    problem(
      [],
      name,
      "the name of a role has lower-case letters and digits, with single hyphens between them; write for example web-app",
    );
  const identity = identified(environment);
  if (identity === undefined) return;
  const full = ciRoleName(identity, `push-${name}`);
  if (full.length > maxRoleNameLength)
    problem(
      [],
      name,
      `the role would be called ${full}, which has ${full.length} characters, and IAM takes ${maxRoleNameLength}; shorten it`,
    );
}

function policyLength(
  environment: UncheckedEnvironment,
  repositories: unknown,
  { problem }: RuleContext,
): void {
  const place = located(environment);
  if (place === undefined) return;
  const names = textsIn(repositories).map(([repository]) => repository);
  const { length } = policyDocument(pushStatements(place, names));
  if (length > maxRolePolicyLength)
    problem(
      ["repositories"],
      `${names.length} repositories`,
      `the policy of the role would have ${length} characters and IAM takes ${maxRolePolicyLength}; spread them over several roles`,
    );
}

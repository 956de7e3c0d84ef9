import { maxWorkloadLength } from "../../modules/ci/role-boundary";
import { roleParts } from "../../modules/ecr/access/grantee-syntax";
import { maxRolePolicyLength } from "../../modules/ecr/access/identity-policy";
import { partitionOf } from "../../modules/iam/aws-partition";
import { policyDocument } from "../../modules/iam/policy-document";
import { ciRoleName, maxRoleNameLength, rolePath } from "../naming";
import type { CiCandidate } from "../options/ci";
import type { EnvironmentCandidate } from "../options/environment";
import { pushStatements } from "../plan/ci-roles";
import { unknownName } from "../schema/problem";
import type { RuleContext } from "../schema/rule";
import { namesIn } from "../schema/unchecked-map";
import { repositoriesOf } from "../schema/unchecked-repositories";

const namePattern = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** Rules between the roles of pipelines and the rest of an environment. */
export function ciRules(environment: EnvironmentCandidate, context: RuleContext): void {
  const ci = environment.security?.ci;
  if (typeof ci !== "object" || ci === null) return;
  pushRoles(environment, ci, context);
  for (const [at, trust] of trustsOf(ci)) {
    const mayPlan = at[0] === "plan";
    if (trust?.pullRequest === true && !mayPlan)
      context.problem(
        ["security", "ci", ...at, "pullRequest"],
        true,
        "a pull request runs what nobody has reviewed, so it may only plan; write branch, tag or environment",
      );
    for (const part of ["branch", "tag", "environment"] as const)
      if (at[0] === "deploy" && trust?.[part] === "*")
        context.problem(
          ["security", "ci", ...at, part],
          "*",
          `this lets every ${part} deploy; name those that may, for example with a * at the end only`,
        );
  }
  if (ci.deploy !== undefined) {
    keyAdministrators(environment, context);
    rolesOfOthers(environment, context);
    boundaryLength(ci.deploy, context);
  }
  for (const role of ["plan", "deploy"] as const)
    if (ci[role] !== undefined && environment.state?.backend === "local")
      context.problem(
        ["security", "ci", role],
        ci[role],
        'pipelines cannot reach a state that lies on one machine; write state: { backend: "s3", bucket }',
      );
}

/** AWS lets nobody but the administrators of a key change it. */
function keyAdministrators(
  { project, name, accountId, region, security }: EnvironmentCandidate,
  { problem }: RuleContext,
): void {
  const administrators: unknown = security?.kms?.administrators;
  if (!Array.isArray(administrators) || administrators.length === 0) return;
  if (typeof project !== "string" || typeof name !== "string" || typeof region !== "string") return;
  const role = `arn:${partitionOf(region)}:iam::${accountId}:role/${ciRoleName({ project, name }, "deploy")}`;
  if (!administrators.includes(role))
    problem(
      ["security", "kms", "administrators"],
      administrators,
      `the role of security.ci.deploy makes and changes the keys, so it must be among their administrators; add ${role}`,
    );
}

/** The role that deploys reaches roles of its own environment only, and their permissions are in policies of the roles. */
function rolesOfOthers(environment: EnvironmentCandidate, { problem }: RuleContext): void {
  const { project, name, accountId } = environment;
  if (typeof project !== "string" || typeof name !== "string") return;
  const own = `:role${rolePath({ project, name })}`;
  for (const [repository, options] of repositoriesOf(environment))
    for (const list of ["pullRoleArns", "pushRoleArns"] as const) {
      const arns: unknown = options[list];
      if (!Array.isArray(arns)) continue;
      arns.forEach((arn: unknown, index) => {
        if (typeof arn !== "string" || roleParts(arn).accountId !== accountId || arn.includes(own)) return;
        problem(
          ["ecr", "repositories", repository, list, index],
          arn,
          "a role of the same account gets a policy, and the role of security.ci.deploy may write none for roles that others made; take it out and give the role its policy where it is made",
        );
      });
    }
}

/** The boundary is one policy. */
function boundaryLength(deploy: CiCandidate["deploy"], { problem }: RuleContext): void {
  const actions: unknown = deploy?.workloadActions;
  if (!Array.isArray(actions)) return;
  const { length } = JSON.stringify(actions);
  if (length > maxWorkloadLength)
    problem(
      ["security", "ci", "deploy", "workloadActions"],
      `${actions.length} actions`,
      `they have ${length} characters, and the policy that bounds roles has room for ${maxWorkloadLength}; write fewer, with a * at the end`,
    );
}

/** Every entry of a `trust`, with its path below `security.ci`. */
function trustsOf({ push, plan, deploy }: CiCandidate) {
  const roles: [PropertyKey[], { trust?: unknown } | undefined][] = [
    [["plan"], plan],
    [["deploy"], deploy],
    ...Object.entries(isObject(push) ? push : {}).map(([name, role]): [PropertyKey[], typeof role] => [
      ["push", name],
      role,
    ]),
  ];
  return roles.flatMap(([at, role]) =>
    Array.isArray(role?.trust)
      ? role.trust.map((trust, index): [PropertyKey[], Trust | undefined] => [
          [...at, "trust", index],
          isObject(trust) ? (trust as Trust) : undefined,
        ])
      : [],
  );
}

interface Trust {
  readonly branch?: unknown;
  readonly tag?: unknown;
  readonly environment?: unknown;
  readonly pullRequest?: unknown;
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

function pushRoles(environment: EnvironmentCandidate, { push }: CiCandidate, { problem }: RuleContext): void {
  const known = namesIn(environment.ecr?.repositories);
  for (const [name, role] of Object.entries(isObject(push) ? push : {})) {
    const at = ["security", "ci", "push", name];
    roleName(environment, name, at, problem);
    const repositories = Array.isArray(role?.repositories) ? role.repositories : [];
    repositories.forEach((repository, index) => {
      if (typeof repository !== "string" || repository.trim() === "") return;
      if (known === undefined || known.includes(repository)) return;
      problem(
        [...at, "repositories", index],
        repository,
        unknownName("ecr.repositories", "repository", repository, known),
      );
    });
    policyLength(environment, repositories, at, problem);
  }
}

function roleName(
  { project, name: environmentName }: EnvironmentCandidate,
  name: string,
  at: readonly PropertyKey[],
  problem: RuleContext["problem"],
): void {
  if (!namePattern.test(name))
    problem(
      at,
      name,
      "the name of a role has lower-case letters and digits, with single hyphens between them; write for example web-app",
    );
  if (typeof project !== "string" || typeof environmentName !== "string") return;
  const full = ciRoleName({ project, name: environmentName }, `push-${name}`);
  if (full.length > maxRoleNameLength)
    problem(
      at,
      name,
      `the role would be called ${full}, which has ${full.length} characters, and IAM takes ${maxRoleNameLength}; shorten it`,
    );
}

function policyLength(
  { project, name, accountId, region }: EnvironmentCandidate,
  repositories: readonly unknown[],
  at: readonly PropertyKey[],
  problem: RuleContext["problem"],
): void {
  // Each of these is reported by its own shape.
  if (typeof project !== "string" || typeof name !== "string") return;
  if (typeof accountId !== "string" || typeof region !== "string") return;
  const named = repositories.filter((repository) => typeof repository === "string");
  const { length } = policyDocument(pushStatements({ project, name, accountId, region }, named));
  if (length > maxRolePolicyLength)
    problem(
      [...at, "repositories"],
      `${named.length} repositories`,
      `the policy of the role would have ${length} characters and IAM takes ${maxRolePolicyLength}; spread them over several roles`,
    );
}

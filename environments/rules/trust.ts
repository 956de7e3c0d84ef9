import { ciSystemNames, ciSystems } from "../../modules/ci/ci-system";
import { roleName, rolePath } from "../naming";
import { CiOptions, type UncheckedCi } from "../options/ci";
import { bitbucketUuid, type UncheckedTrust } from "../options/ci-trust";
import type { UncheckedEnvironment } from "../options/environment";
import { isRoleOf } from "../plan/roles";
import type { RuleContext } from "../schema/rule";
import { environmentIdOf } from "./sections";

/** What selects the pipelines of a repository. */
const parts = ["branch", "tag", "environment", "pullRequest"] as const;

/** Systems whose options name an organization, and so have no default. */
const withoutDefault = ciSystemNames.filter((name) => CiOptions.shape[name].parse(undefined) === undefined);

const isSet = (value: unknown): boolean => value !== undefined && value !== false;

/**
 * A role that the environment creates is no pipeline of its own: whoever may assume it, such as a pull request that plans, or
 * whoever changes it, such as the deploy role, could then assume this one too.
 */
export function trustedRole(
  environment: UncheckedEnvironment,
  { roleArn }: UncheckedTrust,
  { problem }: RuleContext,
): void {
  const identity = environmentIdOf(environment);
  if (identity === undefined || typeof roleArn !== "string" || !isRoleOf(environment.accountId, roleArn))
    return;
  const prefixes = [rolePath(identity), `/${roleName(identity, "ci-")}`];
  if (prefixes.some((prefix) => roleArn.includes(`:role${prefix}`)))
    problem(
      ["roleArn"],
      roleArn,
      "the environment creates this role, and anyone who may assume it could then assume this one too; name the pipelines themselves, or a role that is created elsewhere",
    );
}

/** Rules for one entry of `trust`: which pipelines may assume a role. */
export function trustRules(ci: UncheckedCi, trust: UncheckedTrust, { problem }: RuleContext): void {
  const named = ciSystemNames.filter((name) => trust[name] !== undefined);
  if (named.length + (trust.roleArn === undefined ? 0 : 1) !== 1)
    problem(
      [],
      trust,
      `a pipeline runs on one CI system; set exactly one of ${ciSystemNames.join(", ")} and roleArn`,
    );
  const given = parts.filter((part) => isSet(trust[part]));
  if (trust.roleArn !== undefined) {
    for (const part of given)
      problem([part], trust[part], "a role is trusted whatever it builds; remove this option");
    return;
  }
  if (given.length !== 1)
    problem(
      [],
      trust,
      "a trust entry must select one part of the repository; set exactly one of branch, tag, environment and pullRequest",
    );
  for (const name of named) {
    const withoutPart: Partial<Record<(typeof parts)[number], string>> = ciSystems[name].withoutPart;
    for (const part of given) {
      const advice = withoutPart[part];
      if (advice !== undefined) problem([part], trust[part], advice);
    }
    if (ci[name] === undefined && withoutDefault.includes(name))
      problem(
        [name],
        trust[name],
        `the identity provider of ${ciSystems[name].title} differs between organizations; set security.ci.${name}`,
      );
  }
  const { bitbucket, environment } = trust;
  if (bitbucket !== undefined && typeof environment === "string" && !bitbucketUuid.test(environment))
    problem(
      ["environment"],
      environment,
      "Bitbucket token subjects contain the UUID of the deployment environment, not its name; use the UUID in the OpenID Connect settings of the repository",
    );
}

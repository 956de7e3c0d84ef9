import type { UncheckedTrust } from "../options/ci";
import type { RuleContext } from "../schema/rule";

/** Rules for one entry of `trust`: which pipelines may assume a role. */
export function trustRules(trust: UncheckedTrust, { problem }: RuleContext): void {
  const { github, gitlab, branch, tag, environment, pullRequest } = trust;
  if ((github === undefined) === (gitlab === undefined))
    problem([], trust, "a pipeline runs on either GitHub or GitLab; set github or gitlab");
  const kinds = [branch, tag, environment].filter((kind) => kind !== undefined).length;
  if (kinds + (pullRequest === true ? 1 : 0) !== 1)
    problem(
      [],
      trust,
      "a trust entry must select one part of the repository; set exactly one of branch, tag, environment and pullRequest",
    );
  if (gitlab === undefined) return;
  if (environment !== undefined)
    problem(
      ["environment"],
      environment,
      "GitLab token subjects do not contain an environment; set branch or tag",
    );
  if (pullRequest === true)
    problem(
      ["pullRequest"],
      pullRequest,
      "GitLab merge requests have the token subject of their branch; set branch",
    );
}

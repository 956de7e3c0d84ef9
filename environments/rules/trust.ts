import type { UncheckedTrust } from "../options/ci";
import type { RuleContext } from "../schema/rule";

/** Rules for one entry of `trust`: which pipelines may assume a role. */
export function trustRules(trust: UncheckedTrust, { problem }: RuleContext): void {
  const { github, gitlab, branch, tag, environment, pullRequest } = trust;
  if ((github === undefined) === (gitlab === undefined))
    problem([], trust, "a pipeline runs on one of GitHub and GitLab; write github or gitlab");
  const kinds = [branch, tag, environment].filter((kind) => kind !== undefined).length;
  if (kinds + (pullRequest === true ? 1 : 0) !== 1)
    problem(
      [],
      trust,
      "a whole repository is too much to trust, and a token names one thing; write one of branch, tag, environment and pullRequest",
    );
  if (gitlab === undefined) return;
  if (environment !== undefined)
    problem(["environment"], environment, "subjects of GitLab hold no environment; write branch or tag");
  if (pullRequest === true)
    problem(
      ["pullRequest"],
      pullRequest,
      "merge requests of GitLab have the subject of their branch; write branch",
    );
}

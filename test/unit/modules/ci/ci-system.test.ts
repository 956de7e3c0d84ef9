import fc from "fast-check";
import { expect, test } from "vitest";
import { ciSystems, type RepositoryPart } from "../../../../modules/ci/ci-system";
import { trustStatements } from "../../../../modules/ci/oidc-trust";
import { isAllowed } from "../../../support/iam-evaluator";

test.each<[RepositoryPart, string]>([
  [{ branch: "main" }, "repo:acme/web-app:ref:refs/heads/main"],
  [{ branch: "release/*" }, "repo:acme/web-app:ref:refs/heads/release/*"],
  [{ tag: "v1.2.3" }, "repo:acme/web-app:ref:refs/tags/v1.2.3"],
  [{ environment: "production" }, "repo:acme/web-app:environment:production"],
  [{ environment: "prod:eu:1" }, "repo:acme/web-app:environment:prod%3Aeu%3A1"],
  [{ pullRequest: true }, "repo:acme/web-app:pull_request"],
])("the subject of GitHub for %o is %s", (part, subject) => {
  expect(ciSystems.github.subject("acme/web-app", part)).toBe(subject);
});

test("a GitHub subject contains the ids of owner and repository if the name does", () => {
  expect(ciSystems.github.subject("octocat@123456/my-repo@456789", { branch: "main" })).toBe(
    "repo:octocat@123456/my-repo@456789:ref:refs/heads/main",
  );
});

test.each<[RepositoryPart, string]>([
  [{ branch: "main" }, "project_path:acme/shop/web-app:ref_type:branch:ref:main"],
  [{ tag: "v*" }, "project_path:acme/shop/web-app:ref_type:tag:ref:v*"],
])("the GitLab subject for %o is %s", (part, subject) => {
  expect(ciSystems.gitlab.subject("acme/shop/web-app", part)).toBe(subject);
});

const [organization, repository, environment] = [1, 2, 3].map(
  (digit) => `0a1b2c3d-0000-4000-8000-00000000000${digit}`,
) as [string, string, string];

test.each([
  [repository, environment],
  [`{${repository}}`, `{${environment}}`],
])("the Bitbucket subject of %s and %s has any step in braces", (project, deployment) => {
  expect(ciSystems.bitbucket.subject(project, { environment: deployment })).toBe(
    `{${repository}}:{${environment}}:{????????-????-????-????-????????????}`,
  );
});

test("the CircleCI subject has the organization of the issuer", () => {
  const subject = ciSystems.circleci.subject(
    "github.com/acme/web-app",
    { tag: "v1" },
    `oidc.circleci.com/org/${organization}`,
  );

  expect(subject).toBe(
    `org/${organization}/project/????????-????-????-????-????????????/user/????????-????-????-????-????????????/vcs-origin/github.com/acme/web-app/vcs-ref/refs/tags/v1`,
  );
});

test("the Buildkite subject has any commit and step", () => {
  expect(ciSystems.buildkite.subject("acme/web-app", { branch: "main" })).toBe(
    `organization:acme:pipeline:web-app:ref:refs/heads/main:commit:${"?".repeat(40)}:step:*`,
  );
});

/** Whether a role that trusts a subject can be assumed with a token that has another. */
function canAssume(trusted: string, sub: string): boolean {
  const [issuer, audience] = ["issuer.example.com", "audience"];
  const providerArn = `arn:aws:iam::111122223333:oidc-provider/${issuer}`;
  return isAllowed(trustStatements({ sid: "Test", providerArn, issuer, audience, subjects: [trusted] }), {
    action: "sts:AssumeRoleWithWebIdentity",
    principal: { Federated: providerArn },
    context: { [`${issuer}:sub`]: sub, [`${issuer}:aud`]: audience },
  });
}

const uuid = fc.uuid();
const commit = fc.stringMatching(/^[0-9a-f]{40}$/);

test("who may push branches of any name to CircleCI's repository cannot pass for its main branch", () => {
  const origin = "github.com/acme/web-app";
  const trusted = ciSystems.circleci.subject(
    origin,
    { branch: "main" },
    `oidc.circleci.com/org/${organization}`,
  );
  const tail = `vcs-origin/${origin}/vcs-ref/refs/heads/main`;
  const branch = fc.constantFrom(
    "main",
    "main2",
    "x/main",
    `x/${tail}`,
    `user/x/${tail}`,
    "x/vcs-ref/refs/heads/main",
  );
  const from = fc.constantFrom(origin, "github.com/acme/web-app2", "github.com/evil/web-app");

  fc.assert(
    fc.property(uuid, uuid, from, branch, (project, user, source, name) => {
      const sub = `org/${organization}/project/${project}/user/${user}/vcs-origin/${source}/vcs-ref/refs/heads/${name}`;

      expect(canAssume(trusted, sub)).toBe(source === origin && name === "main");
    }),
  );
});

test("nor do builds of forks on Buildkite, whose branches have the owner's name before a colon", () => {
  const trusted = ciSystems.buildkite.subject("acme/web-app", { branch: "main" });
  const owner = fc.constantFrom("", "main:", "main:commit:", "evil:");
  const branch = fc.constantFrom("main", "commit", "main/commit", "step");
  const step = fc.constantFrom("deploy", "", "commit:x:step:y");

  fc.assert(
    fc.property(owner, branch, commit, step, (fork, name, sha, key) => {
      const sub = `organization:acme:pipeline:web-app:ref:refs/heads/${fork}${name}:commit:${sha}:step:${key}`;

      expect(canAssume(trusted, sub)).toBe(fork === "" && name === "main");
    }),
  );
});

test("a Bitbucket step without a deployment environment, or with another, is not trusted", () => {
  const trusted = ciSystems.bitbucket.subject(repository, { environment });

  fc.assert(
    fc.property(uuid, uuid, (other, step) => {
      expect(canAssume(trusted, `{${repository}}:{${environment}}:{${step}}`)).toBe(true);
      expect(canAssume(trusted, `{${repository}}:{${other}}:{${step}}`)).toBe(other === environment);
      expect(canAssume(trusted, `{${repository}}:{${step}}`)).toBe(false);
      expect(canAssume(trusted, `{${other}}:{${environment}}:{${step}}`)).toBe(other === repository);
    }),
  );
});

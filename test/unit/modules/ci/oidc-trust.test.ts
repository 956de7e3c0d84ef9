import fc from "fast-check";
import { expect, test } from "vitest";
import { ciSystems } from "../../../../modules/ci/ci-system";
import { roleTrustStatements, trustStatements } from "../../../../modules/ci/oidc-trust";
import { isAllowed } from "../../../support/iam-evaluator";

const issuer = "token.actions.githubusercontent.com";
const providerArn = `arn:aws:iam::111122223333:oidc-provider/${issuer}`;
const github = { sid: "GitHub", providerArn, issuer, audience: "sts.amazonaws.com" };

/** The request that STS evaluates against the trust policy for a token. */
const assumeRequest = (sub: string, aud = "sts.amazonaws.com", Federated = providerArn) => ({
  action: "sts:AssumeRoleWithWebIdentity",
  principal: { Federated },
  context: { [`${issuer}:sub`]: sub, [`${issuer}:aud`]: aud },
});

test("trust names the provider, the audience and the subjects, each once and sorted", () => {
  const subjects = ["repo:a/b:environment:prod", "repo:a/b:environment:dev", "repo:a/b:environment:prod"];

  expect(trustStatements({ ...github, subjects })).toEqual([
    {
      Sid: "GitHub",
      Effect: "Allow",
      Principal: { Federated: providerArn },
      Action: ["sts:AssumeRoleWithWebIdentity"],
      Condition: {
        StringEquals: {
          [`${issuer}:aud`]: "sts.amazonaws.com",
          [`${issuer}:sub`]: ["repo:a/b:environment:dev", "repo:a/b:environment:prod"],
        },
      },
    },
  ]);
});

test("subjects with a * are patterns in a separate statement, and the audience stays exact", () => {
  const subjects = ["repo:a/b:ref:refs/tags/v*", "repo:a/b:ref:refs/heads/main"];

  expect(trustStatements({ ...github, subjects }).map(({ Sid, Condition }) => [Sid, Condition])).toEqual([
    [
      "GitHub",
      {
        StringEquals: {
          [`${issuer}:aud`]: "sts.amazonaws.com",
          [`${issuer}:sub`]: ["repo:a/b:ref:refs/heads/main"],
        },
      },
    ],
    [
      "GitHubLike",
      {
        StringEquals: { [`${issuer}:aud`]: "sts.amazonaws.com" },
        StringLike: { [`${issuer}:sub`]: ["repo:a/b:ref:refs/tags/v*"] },
      },
    ],
  ]);
});

test("no other token can assume the role", () => {
  const subjects = ["repo:acme/web-app:ref:refs/heads/main", "repo:acme/web-app:ref:refs/tags/v*"];
  const trust = trustStatements({ ...github, subjects });
  const canAssume = (...token: Parameters<typeof assumeRequest>) => isAllowed(trust, assumeRequest(...token));

  expect(canAssume("repo:acme/web-app:ref:refs/heads/main")).toBe(true);
  expect(canAssume("repo:acme/web-app:ref:refs/tags/v1")).toBe(true);
  for (const other of [
    "repo:acme/web-app:ref:refs/heads/main2",
    "repo:acme/web-app:ref:refs/heads/v1",
    "repo:acme/web-app:ref:refs/tags/main",
    "repo:acme/web-app:pull_request",
    "repo:acme/web-app:environment:main",
    "repo:acme/web-app-2:ref:refs/heads/main",
    "repo:acme/api:ref:refs/heads/main",
    "repo:evil/web-app:ref:refs/heads/main",
    "repo:evilacme/web-app:ref:refs/heads/main",
    "repo:ACME/web-app:ref:refs/heads/main",
    "repo:acme@1/web-app@2:ref:refs/heads/main",
    "",
  ])
    expect([other, canAssume(other)]).toEqual([other, false]);
  expect(canAssume("repo:acme/web-app:ref:refs/heads/main", "https://github.com/evil")).toBe(false);
  expect(
    canAssume("repo:acme/web-app:ref:refs/heads/main", undefined, providerArn.replace("1111", "9999")),
  ).toBe(false);
  expect(
    isAllowed(trust, { ...assumeRequest("repo:acme/web-app:ref:refs/heads/main"), action: "sts:AssumeRole" }),
  ).toBe(false);
});

test("a token without an audience or a subject cannot assume the role", () => {
  const trust = trustStatements({ ...github, subjects: ["repo:a/b:pull_request", "repo:a/b:environment:*"] });
  const token = assumeRequest("repo:a/b:pull_request");

  for (const lost of Object.keys(token.context)) {
    const context = Object.fromEntries(Object.entries(token.context).filter(([key]) => key !== lost));
    expect(isAllowed(trust, { ...token, context })).toBe(false);
  }
});

test("a role trusts exactly the pipelines that it names", () => {
  const word = fc.constantFrom("a", "b", "main", "v1", "x-y");
  const pipeline = fc.record({
    repository: fc.tuple(word, word).map((parts) => parts.join("/")),
    part: fc.oneof(
      word.map((branch) => ({ branch })),
      word.map((tag) => ({ tag })),
      word.map((environment) => ({ environment })),
      fc.constant({ pullRequest: true } as const),
    ),
  });
  type Pipeline = typeof pipeline extends fc.Arbitrary<infer P> ? P : never;
  const subjectOf = ({ repository, part }: Pipeline) => ciSystems.github.subject(repository, part);

  fc.assert(
    fc.property(fc.array(pipeline, { minLength: 1, maxLength: 5 }), pipeline, (trusted, other) => {
      const trust = trustStatements({ ...github, subjects: trusted.map(subjectOf) });
      const named = trusted.some((one) => JSON.stringify(one) === JSON.stringify(other));

      expect(isAllowed(trust, assumeRequest(subjectOf(other)))).toBe(named);
      for (const one of trusted) expect(isAllowed(trust, assumeRequest(subjectOf(one)))).toBe(true);
    }),
  );
});

test("roles are trusted by ARN, each once and sorted", () => {
  const [one, other] = ["arn:aws:iam::111122223333:role/a", "arn:aws:iam::444455556666:role/b"];

  expect(roleTrustStatements([other, one, other])).toEqual([
    { Sid: "Roles", Effect: "Allow", Principal: { AWS: [one, other] }, Action: ["sts:AssumeRole"] },
  ]);
  expect(roleTrustStatements([])).toEqual([]);
});

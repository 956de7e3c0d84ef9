import {
  type GithubPart,
  githubSubject,
  gitlabSubject,
  type TrustedTokens,
} from "../../modules/ci/oidc-trust";
import { identityStatements } from "../../modules/ecr/access/identity-policy";
import { publicPushStatements } from "../../modules/ecr/public/public-push";
import { repositoryArn } from "../../modules/ecr/repository/repository-address";
import { partitionOf } from "../../modules/iam/aws-partition";
import type { Statement } from "../../modules/iam/policy-document";
import type { RegistryAddress } from "../naming";
import type { CiOptions, TrustOptions } from "../options/ci";
import type { Environment } from "./environment";
import { publicArn } from "./public-repositories";
import { type RepositoryNaming, repositoryName } from "./repository-names";

const githubUrl = "https://token.actions.githubusercontent.com";

/** An identity provider in IAM. An account can have one for each URL. */
export interface IdentityProvider {
  readonly kind: "github" | "gitlab";
  readonly url: string;
  readonly audience: string;
  /** Whether the environment creates it. */
  readonly create: boolean;
}

/** The identity providers that the roles of an environment trust. */
export function identityProviders({ security: { ci } }: Environment): IdentityProvider[] {
  if (ci === undefined) return [];
  const trusts = [...Object.values(ci.push), ci.plan, ci.deploy].flatMap((role) => role?.trust ?? []);
  return (["github", "gitlab"] as const)
    .filter((kind) => trusts.some((trust) => trust[kind] !== undefined))
    .map((kind) => providerOf(ci, kind));
}

function providerOf(ci: CiOptions, kind: IdentityProvider["kind"]): IdentityProvider {
  const create = ci[kind].provider === "create";
  if (kind === "github") return { kind, url: githubUrl, audience: ci.github.audience, create };
  const { url, audience = url } = ci.gitlab;
  return { kind, url, audience, create };
}

/** The tokens that entries of `trust` match. */
export function trustedTokens(
  { accountId, region, security: { ci } }: Environment,
  trusts: readonly TrustOptions[],
): TrustedTokens[] {
  if (ci === undefined) return [];
  return (["github", "gitlab"] as const).flatMap((kind): TrustedTokens[] => {
    const subjects = trusts.flatMap((trust) => subjectOf(kind, trust) ?? []);
    if (subjects.length === 0) return [];
    const { url, audience } = providerOf(ci, kind);
    const issuer = url.slice("https://".length);
    return [
      {
        sid: kind === "github" ? "GitHub" : "GitLab",
        providerArn: `arn:${partitionOf(region)}:iam::${accountId}:oidc-provider/${issuer}`,
        issuer,
        audience,
        subjects,
      },
    ];
  });
}

function subjectOf(kind: "github" | "gitlab", trust: TrustOptions): string | undefined {
  const { github, gitlab, branch, tag = "", environment } = trust;
  const named = branch !== undefined ? { branch } : { tag };
  if (kind === "gitlab") return gitlab === undefined ? undefined : gitlabSubject(gitlab, named);
  if (github === undefined) return undefined;
  const part: GithubPart = trust.pullRequest
    ? { pullRequest: true }
    : environment !== undefined
      ? { environment }
      : named;
  return githubSubject(github, part);
}

/** The repositories that a push role may push to, by short name. */
export interface PushTargets {
  /** Private ones, which it may also pull from. */
  readonly repositories: readonly string[];
  readonly publicRepositories: readonly string[];
}

/** Permissions of a push role: log in, and push to some repositories of its environment. */
export function pushStatements(
  environment: RepositoryNaming & RegistryAddress,
  { repositories, publicRepositories }: PushTargets,
): Statement[] {
  const { accountId, region } = environment;
  return [
    ...identityStatements(
      repositories.map((shortName) => ({
        repositoryArn: repositoryArn({ name: repositoryName(environment, shortName), accountId, region }),
        access: ["pull", "push"],
      })),
    ),
    ...publicPushStatements(publicRepositories.map((shortName) => publicArn(environment, shortName))),
  ];
}

import { type CiSystemName, ciSystemNames, ciSystems } from "../../modules/ci/ci-system";
import { roleTrustStatements, type TrustedTokens, trustStatements } from "../../modules/ci/oidc-trust";
import { identityStatements } from "../../modules/ecr/access/identity-policy";
import { publicPushStatements } from "../../modules/ecr/public/public-push";
import { repositoryArn } from "../../modules/ecr/repository/repository-address";
import { partitionOf } from "../../modules/iam/aws-partition";
import type { Statement } from "../../modules/iam/policy-document";
import type { RegistryAddress } from "../naming";
import type { CiOptions } from "../options/ci";
import type { TrustOptions } from "../options/ci-trust";
import type { Environment } from "./environment";
import { publicArn } from "./public-repositories";
import { type RepositoryNaming, repositoryName } from "./repository-names";

/** An identity provider in IAM. An account can have one for each URL. */
export interface IdentityProvider {
  readonly kind: CiSystemName;
  readonly url: string;
  readonly audience: string;
  /** Whether the environment creates it. */
  readonly create: boolean;
}

/** The identity providers that the roles of an environment trust. */
export function identityProviders({ security: { ci } }: Environment): IdentityProvider[] {
  if (ci === undefined) return [];
  const trusts = [...Object.values(ci.push), ci.plan, ci.deploy].flatMap((role) => role?.trust ?? []);
  return ciSystemNames
    .filter((kind) => trusts.some((trust) => trust[kind] !== undefined))
    .map((kind) => providerOf(ci, kind));
}

function providerOf(ci: CiOptions, kind: CiSystemName): IdentityProvider {
  const { provider, ...issuer } = issuerOf(ci, kind);
  return { kind, ...issuer, create: provider === "create" };
}

/** @throws Error when the options of the system are missing, which a rule reports */
function issuerOf(ci: CiOptions, kind: CiSystemName) {
  const options = ci[kind];
  if (options === undefined) throw new Error(`security.ci.${kind} is missing`);
  if ("organization" in options) {
    const { provider, organization } = options;
    return { provider, url: `https://oidc.circleci.com/org/${organization}`, audience: organization };
  }
  if (!("url" in options)) return { ...options, url: "https://agent.buildkite.com" };
  return { ...options, audience: options.audience ?? options.url };
}

/** The statements of a role's trust policy that entries of `trust` make. */
export function trustPolicyStatements(
  environment: Environment,
  trusts: readonly TrustOptions[],
): Statement[] {
  const roleArns = trusts.flatMap(({ roleArn }) => roleArn ?? []);
  return [...trustedTokens(environment, trusts).flatMap(trustStatements), ...roleTrustStatements(roleArns)];
}

/** The tokens that entries of `trust` match. */
function trustedTokens(
  { accountId, region, security: { ci } }: Environment,
  trusts: readonly TrustOptions[],
): TrustedTokens[] {
  if (ci === undefined) return [];
  return ciSystemNames.flatMap((kind): TrustedTokens[] => {
    const trusted = trusts.flatMap((part) => {
      const project = part[kind];
      return project === undefined ? [] : [{ project, part }];
    });
    if (trusted.length === 0) return [];
    const { title, subject } = ciSystems[kind];
    const { url, audience } = providerOf(ci, kind);
    const issuer = url.slice("https://".length);
    return [
      {
        sid: title,
        providerArn: `arn:${partitionOf(region)}:iam::${accountId}:oidc-provider/${issuer}`,
        issuer,
        audience,
        subjects: trusted.map(({ project, part }) => subject(project, part, issuer)),
      },
    ];
  });
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

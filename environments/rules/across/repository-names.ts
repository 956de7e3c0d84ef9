import { defaultRepositoryPattern } from "../../options/naming";
import type { Environment } from "../../plan/environment";
import { hasPublicRepositories } from "../../plan/public-repositories";
import { type RegistryPlan, usersOf } from "../../plan/registry-plan";
import { replicasOf } from "../../plan/replicas";
import {
  nameByPattern,
  nameStart,
  nameStartOf,
  ownNames,
  publicRepositoryName,
  repositoryName,
} from "../../plan/repository-names";
import type { Problem } from "../../schema/problem";

/** A name, or a start of names, that an environment takes in a registry. */
interface Claim {
  readonly environment: Environment;
  /** `team/app`, or `team/` for all names that start with it. */
  readonly text: string;
  readonly isStart: boolean;
  readonly path: readonly PropertyKey[];
}

/**
 * Names of repositories in one registry that two environments take: equal names, starts of which one contains the other, and
 * names that start like those of another environment, whose roles would reach them.
 */
export function sharedNames(plan: RegistryPlan): Problem[] {
  const users = usersOf(plan);
  if (users.length === 1) return [];
  return collisions(
    users.flatMap((environment) => privateClaims(environment, plan.region)),
    "registry",
  );
}

/** The same in the public registry, which an account has once. */
export function sharedPublicNames(environments: readonly Environment[]): Problem[] {
  const accounts = new Map<string, Claim[]>();
  for (const environment of environments.filter(hasPublicRepositories))
    accounts.set(environment.accountId, [
      ...(accounts.get(environment.accountId) ?? []),
      ...publicClaims(environment),
    ]);
  return [...accounts.values()].flatMap((claims) => collisions(claims, "public registry"));
}

/** In a Region other than its own, an environment has its replicas, which are called like their sources. */
function privateClaims(environment: Environment, region: string): Claim[] {
  const { ecr, region: home } = environment;
  const replicated = new Set(replicasOf(environment).map((replica) => `${replica.region} ${replica.name}`));
  const { starts } = ownNames(environment);
  const caches = home === region ? Object.keys(ecr.pullThroughCache) : [];
  return [
    ...startClaims(environment),
    ...caches.flatMap((cache): Claim[] => {
      const text = `${nameByPattern(environment, cache)}/`;
      const path = ["ecr", "pullThroughCache", cache];
      return starts.includes(text) ? [{ environment, text, isStart: true, path }] : [];
    }),
    ...nameClaims(environment, "repositories", repositoryName).filter(
      ({ text }) => home === region || replicated.has(`${region} ${text}`),
    ),
  ];
}

function publicClaims(environment: Environment): Claim[] {
  return [
    ...startClaims(environment),
    ...nameClaims(environment, "publicRepositories", publicRepositoryName),
  ];
}

function startClaims(environment: Environment): Claim[] {
  const text = nameStart(environment);
  const isDefault = environment.naming.repository === defaultRepositoryPattern;
  const path = isDefault ? ["name"] : ["naming", "repository"];
  return text === undefined ? [] : [{ environment, text, isStart: true, path }];
}

function nameClaims(
  environment: Environment,
  section: "repositories" | "publicRepositories",
  nameOf: typeof repositoryName,
): Claim[] {
  return Object.entries(environment.ecr[section]).map(([shortName, { name }]) => ({
    environment,
    text: nameOf(environment, shortName),
    isStart: false,
    path: ["ecr", section, shortName, ...(name === undefined ? [] : ["name"])],
  }));
}

function collisions(claims: readonly Claim[], registry: string): Problem[] {
  const starts = claims.filter(({ isStart }) => isStart);
  const owners = new Map<string, Claim>();
  const isInOwnStart = ({ environment, text, isStart }: Claim) =>
    !isStart && nameStartOf(environment, text) !== undefined;
  return claims.flatMap((claim): Problem[] => {
    const { environment, text, isStart } = claim;
    // Its start is compared instead.
    const outer = isInOwnStart(claim)
      ? undefined
      : starts.find(
          (other) =>
            other.environment !== environment && text.startsWith(other.text) && !isReported(claim, other),
        );
    if (outer !== undefined) return [insideStart(claim, outer, registry)];
    const owner = isStart ? undefined : owners.get(text);
    if (!isStart && owner === undefined) owners.set(text, claim);
    return owner === undefined || owner.environment === environment ? [] : [sameName(claim, owner, registry)];
  });
}

/** The start of environments in different Regions is that of their roles too, for which `nestedPrefixes` reports it. */
function isReported(claim: Claim, other: Claim): boolean {
  return (
    claim.path[0] === "name" &&
    other.path[0] === "name" &&
    claim.environment.region !== other.environment.region
  );
}

function insideStart({ environment, text, isStart, path }: Claim, outer: Claim, registry: string): Problem {
  const { file, name, naming } = environment;
  const place = `${outer.environment.file} in the same ${registry}`;
  if (!isStart)
    return {
      ...{ file, path, found: text },
      advice: `names that start with "${outer.text}" belong to ${place}, whose roles reach them; choose another name`,
    };
  const found = path[0] === "name" ? name : path[0] === "naming" ? naming.repository : text;
  const remedy = path[0] === "naming" ? "put {environment} before {name}, or rename one" : "rename one";
  return {
    ...{ file, path, found },
    advice: `its repository names start with "${outer.text}" like those of ${place}, so filters cannot distinguish them; ${remedy}`,
  };
}

function sameName({ environment: { file }, path, text }: Claim, owner: Claim, registry: string): Problem {
  const place = registry === "registry" ? "in the same account and Region" : `in the same ${registry}`;
  return {
    ...{ file, path, found: text },
    advice: `${owner.environment.file} has a repository with this name ${place}; rename one`,
  };
}

import { remembered } from "../../modules/values/remembered";
import { rememberedOf } from "../../modules/values/remembered-of";
import { type EnvironmentId, namePrefix } from "../naming";
import type { RegistryRequests } from "../options/shared-registry";

/** Names of repositories. Only this file defines how they are built, and which of them belong to an environment. */

/** A repository in an environment file: its own name, or else the pattern's. */
interface Named {
  readonly name?: string | undefined;
}

/** What the names of an environment's repositories and caches depend on. */
export interface RepositoryNaming extends EnvironmentId {
  readonly naming: { readonly repository: string };
  readonly ecr: {
    readonly repositories: Readonly<Record<string, Named>>;
    readonly publicRepositories: Readonly<Record<string, Named>>;
  };
}

/** The same, with the caches. */
export interface RegistryNaming extends RepositoryNaming {
  readonly ecr: RepositoryNaming["ecr"] & {
    readonly pullThroughCache: Readonly<Record<string, { readonly prefix?: "ROOT" | undefined }>>;
  };
}

/** The properties that the pattern of an environment depends on. */
export type PatternNaming = EnvironmentId & Pick<RepositoryNaming, "naming">;

/** Names that belong to an environment: it may have a repository of each, and no other environment may. */
export interface OwnNames {
  /** Every name that starts with one of these, e.g. `myproject-prod-`. */
  readonly starts: readonly string[];
  /** Names that start with none of them, sorted, e.g. `team/app`. */
  readonly names: readonly string[];
}

/** Name of a repository in ECR, e.g. `myproject-dev-web-app`. */
export function repositoryName(environment: RepositoryNaming, shortName: string): string {
  return own(environment.ecr.repositories, shortName)?.name ?? nameByPattern(environment, shortName);
}

/** Name of a repository in the Amazon ECR Public Gallery, without the alias of the registry. */
export function publicRepositoryName(environment: RepositoryNaming, shortName: string): string {
  return own(environment.ecr.publicRepositories, shortName)?.name ?? nameByPattern(environment, shortName);
}

/** What the pattern of an environment makes of a short name; also the prefix of a cache. */
export function nameByPattern({ project, name, naming }: PatternNaming, shortName: string): string {
  return filled(naming.repository, { project, environment: name, name: shortName });
}

/**
 * What every name that the pattern makes starts with, e.g. `myproject-prod-`: the text before `{name}` if it ends with a
 * separator. Other names may start with it too, so it belongs to the environment alone. `undefined`: there is none, as for
 * the pattern `{name}`, and only the names in the file are known to be the environment's.
 */
export function nameStart({ project, name, naming }: PatternNaming): string | undefined {
  const [before = ""] = naming.repository.split("{name}");
  return /[-._/]$/.test(before) ? filled(before, { project, environment: name }) : undefined;
}

/** {@link nameStart}, if a name starts with it. */
export function nameStartOf(environment: PatternNaming, name: string): string | undefined {
  return ifStartOf(name, nameStart(environment));
}

/** The names of an environment in its private registry: its repositories, and what its caches create. */
export const ownNames = rememberedOf((environment: RegistryNaming): OwnNames => {
  const { repositories, pullThroughCache } = environment.ecr;
  return withoutCovered(
    [
      nameStart(environment) ?? [],
      Object.entries(pullThroughCache)
        .filter(([, { prefix }]) => prefix === undefined)
        .map(([cache]) => `${nameByPattern(environment, cache)}/`),
    ].flat(),
    Object.keys(repositories).map((shortName) => repositoryName(environment, shortName)),
  );
});

/** What the names of another project's environment start with; `undefined` if the project says that they have no start. */
function requestedStart({ project, environment, nameStart: start }: RegistryRequests): string | undefined {
  return start === undefined ? `${namePrefix({ project, name: environment })}-` : start || undefined;
}

/** {@link requestedStart}, if a name starts with it. */
export function requestedStartOf(requests: RegistryRequests, name: string): string | undefined {
  return ifStartOf(name, requestedStart(requests));
}

/** The names of another project's environment in the registry. */
export function requestedNames(requests: RegistryRequests): OwnNames {
  const caches = Object.keys(requests.pullThroughCaches).filter((prefix) => prefix !== "ROOT");
  return withoutCovered(
    [requestedStart(requests) ?? [], caches.map((prefix) => `${prefix.replace(/\/$/, "")}/`)].flat(),
    Object.keys(requests.repositories),
  );
}

/** The names of an environment in the public registry of its account. */
export function ownPublicNames(environment: RepositoryNaming): OwnNames {
  return withoutCovered(
    [nameStart(environment) ?? []].flat(),
    Object.keys(environment.ecr.publicRepositories).map((shortName) =>
      publicRepositoryName(environment, shortName),
    ),
  );
}

/** The same as patterns of IAM, in which `*` matches any text: `myproject-prod-*`, `team/app`. */
export function namePatterns({ starts, names }: OwnNames): string[] {
  return [...starts.map((start) => `${start}*`), ...names];
}

const ifStartOf = (name: string, start: string | undefined): string | undefined =>
  start !== undefined && name.startsWith(start) ? start : undefined;

/** Without what another start covers. */
function withoutCovered(starts: readonly string[], names: readonly string[]): OwnNames {
  const kept = starts.filter((start) => !starts.some((other) => other !== start && start.startsWith(other)));
  return {
    starts: kept,
    names: [...new Set(names)].filter((name) => !kept.some((start) => name.startsWith(start))).toSorted(),
  };
}

function filled(pattern: string, parts: Readonly<Record<string, string>>): string {
  let text = "";
  // Every second piece is the name of a placeholder.
  for (const [index, piece] of piecesOf(pattern).entries())
    text += index % 2 === 0 ? piece : (parts[piece] ?? `{${piece}}`);
  return text;
}

/** Every repository has a name, and few environments have a pattern of their own. */
const piecesOf = remembered(100, (pattern) => pattern.split(/\{(\w+)\}/));

/** The names of rules' arguments are not checked yet, so one can be that of a property that every object has. */
function own<T>(map: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(map, name) ? map[name] : undefined;
}

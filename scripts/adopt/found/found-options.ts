import { defaultRepositoryPattern } from "../../../environments/options/naming";
import type { Problem } from "../../../environments/schema/problem";
import { groupBy } from "../../../modules/values/group-by";
import type { Adopted, EcrInput } from "../environment-input";
import { defined } from "../environment-input";
import type { Place } from "../hcl/value";
import type { Note } from "../note";
import type { FoundRegistry, FoundRepository } from "./found-registry";
import { filledPattern, isUnder, type NamePattern, patternOf, shortNamesOf } from "./name-pattern";
import { type RegistryOptions, registryOptions } from "./registry-options";
import { optionsOf, replicationOf, scanningOf } from "./repository-options";

/** Which repositories of the registry the environment gets. */
export interface Choice {
  readonly project: string;
  readonly environment: string;
  /** Whether the environment owns a repository. The others of the registry are declared as unmanaged. */
  readonly isOwned: (name: string) => boolean;
  /** Whether another environment of the project has it. */
  readonly isTaken: (name: string) => boolean;
  /** Whether another environment of the project has a cache or template with a prefix. */
  readonly isTakenPrefix: (prefix: string) => boolean;
  /** Of an environment that exists, its pattern, and its short names by full name or prefix. @default - it is new */
  readonly existing?: {
    readonly pattern: string;
    readonly shortNames: ReadonlyMap<string, string>;
    readonly caches: ReadonlyMap<string, string>;
  };
}

/** What an environment file adopts of a registry. */
export interface FoundOptions extends Adopted {
  /** Full names of the repositories in `ecr.repositories`. */
  readonly repositoryNames: ReadonlySet<string>;
  /** Where each repository was found, by its short name, as far as files say it. */
  readonly places: ReadonlyMap<string, Place>;
}

/** What was found, in the words of an environment file. */
export function foundOptions(registry: FoundRegistry, choice: Choice, notes: Note[]): FoundOptions {
  const { accountId, region } = registry;
  const { existing } = choice;
  const free = registry.repositories.filter(({ name }) => !choice.isTaken(name));
  const pattern =
    existing === undefined ? newPattern(free, registry, choice) : filledPattern(existing.pattern, choice);
  const { options, cachePrefixes } = ofRegistry(registry, free, pattern, choice, notes);
  const ofCaches = new Set([...cachePrefixes, ...(existing?.caches.keys() ?? [])]);
  const own = free.filter(({ name }) => !isUnder(name, ofCaches));
  const wanted = own.filter(({ name }) => choice.isOwned(name));
  const { encryption, same, different } = oneEncryption(wanted);
  for (const { name, place, encryptionType, kmsKey } of different)
    notes.push({
      kind: "loss",
      ...(place !== undefined && { place }),
      subject: name,
      found: encryptionText(encryptionType, kmsKey),
      text: `an environment has one kind of encryption and one key, and a repository keeps its own; this environment gets ${encryptionText(encryption.encryptionType, encryption.kmsKeyArn)}, so this one is declared as unmanaged; adopt it into another environment with --repository`,
    });
  const foreign = [...different, ...own.filter((one) => !wanted.includes(one))];
  const names = shortNamesOf(
    same.map(({ name }) => name),
    pattern,
    existing?.shortNames,
  );
  const repositories = same.map((repository) => {
    const { short, name } = names.get(repository.name) ?? { short: repository.name };
    return [short, { ...(name !== undefined && { name }), ...optionsOf(repository, registry, notes) }];
  });
  const unmanaged = foreign.map((one) => [
    one.name,
    { ...scanningOf(one, registry), ...replicationOf(one, registry) },
  ]);
  for (const { subject, place, text } of registry.others)
    notes.push({ kind: "loss", ...(place !== undefined && { place }), subject, text });
  return {
    identity: { accountId, region },
    cachePrefixes,
    repositoryNames: new Set(same.map(({ name }) => name)),
    places: new Map(
      same.flatMap(({ name, place }) =>
        place === undefined ? [] : [[names.get(name)?.short ?? name, place] as const],
      ),
    ),
    naming:
      existing !== undefined || pattern.pattern === defaultRepositoryPattern
        ? undefined
        : { repository: pattern.pattern },
    ecr: defined({
      ...encryption,
      repositories: Object.fromEntries(repositories),
      unmanagedRepositories: unmanaged.length > 0 ? Object.fromEntries(unmanaged) : undefined,
      ...options,
    }) as EcrInput,
  };
}

/** Where the options of a repository were found. */
export const placeInSource =
  ({ places }: FoundOptions) =>
  ({ path: [section, option, short] }: Problem): Place | undefined =>
    section === "ecr" && option === "repositories" ? places.get(String(short)) : undefined;

const encryptionText = (type = "AES256", key?: string): string =>
  key === undefined ? type : `${type} with ${key}`;

/** The pattern of a new environment: that of its repositories, without those that ECR has created for caches. */
function newPattern(
  free: readonly FoundRepository[],
  { settings }: FoundRegistry,
  choice: Choice,
): NamePattern {
  const prefixes = new Set(settings?.caches.map(({ prefix }) => prefix));
  const names = oneEncryption(free.filter(({ name }) => choice.isOwned(name) && !isUnder(name, prefixes)));
  return patternOf(
    names.same.map(({ name }) => name),
    choice,
  );
}

/** Caches, templates and account settings, as far as they are chosen and no other environment has them. */
function ofRegistry(
  { accountId, region, settings }: FoundRegistry,
  free: readonly FoundRepository[],
  pattern: NamePattern,
  choice: Choice,
  notes: Note[],
): RegistryOptions {
  if (settings === undefined) return { options: {}, cachePrefixes: new Set() };
  const isChosen = ({ prefix }: { readonly prefix: string }) =>
    choice.isOwned(`${prefix}/`) && !choice.isTakenPrefix(prefix);
  for (const [kind, found] of [
    ["pull-through cache", settings.caches],
    ["repository creation template", settings.templates],
  ] as const)
    for (const { prefix, place } of found.filter(
      (one) => !isChosen(one) && !choice.isTakenPrefix(one.prefix),
    ))
      notes.push({
        ...{ kind: "loss", subject: `${kind} ${prefix}`, ...(place !== undefined && { place }) },
        text: "--repository does not choose its repositories, so it stays as it is",
      });
  const { encryption } = oneEncryption(free.filter(({ name }) => choice.isOwned(name)));
  return registryOptions(
    {
      ...settings,
      caches: settings.caches.filter(isChosen),
      templates: settings.templates.filter(isChosen),
    },
    { accountId, region, pattern, known: choice.existing?.caches ?? new Map() },
    encryption.encryptionType ?? "AES256",
    notes,
  );
}

/** The encryption that most repositories have, and those that have another one. */
function oneEncryption(repositories: readonly FoundRepository[]) {
  const keyOf = ({ encryptionType, kmsKey }: FoundRepository) => `${encryptionType} ${kmsKey ?? ""}`;
  const groups = groupBy(repositories, keyOf);
  const [same = []] = [...groups.values()].toSorted((a, b) => b.length - a.length);
  const [first] = same;
  return {
    same,
    different: repositories.filter((one) => !same.includes(one)),
    encryption: defined({
      encryptionType: first?.encryptionType as EcrInput["encryptionType"],
      kmsKeyArn: first?.kmsKey,
    }),
  };
}

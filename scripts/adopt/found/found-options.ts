import { defaultRepositoryPattern } from "../../../environments/options/naming";
import { groupBy } from "../../../modules/values/group-by";
import type { Adopted, EcrInput } from "../environment-input";
import { defined } from "../environment-input";
import type { Note } from "../note";
import type { FoundRegistry, FoundRepository } from "./found-registry";
import { filledPattern, patternOf, shortNameOf } from "./name-pattern";
import { optionsOf, replicationOf, scanningOf } from "./repository-options";

/** Which repositories of the registry the environment gets. */
export interface Choice {
  readonly project: string;
  readonly environment: string;
  /** Whether the environment owns a repository. The others of the registry are declared as unmanaged. */
  readonly isOwned: (name: string) => boolean;
  /** Whether another environment of the project has it. */
  readonly isTaken: (name: string) => boolean;
  /** Of an environment that exists, its pattern, and its short names by full name. @default - it is new */
  readonly existing?: { readonly pattern: string; readonly shortNames: ReadonlyMap<string, string> };
}

/** What was found, in the words of an environment file. */
export function foundOptions(registry: FoundRegistry, choice: Choice, notes: Note[]): Adopted {
  const { accountId, region } = registry;
  const free = registry.repositories.filter(({ name }) => !choice.isTaken(name));
  const wanted = free.filter(({ name }) => choice.isOwned(name));
  const { encryption, same, different } = oneEncryption(wanted);
  for (const { name, place, encryptionType } of different)
    notes.push({
      kind: "loss",
      ...(place !== undefined && { place }),
      subject: name,
      found: encryptionType,
      text: `most repositories have ${encryption.encryptionType ?? "AES256"}, an environment has one kind of encryption, and a repository keeps its own, so this one is declared as unmanaged; adopt it into another environment with --repository`,
    });
  const foreign = [...different, ...free.filter((one) => !wanted.includes(one))];
  const { existing } = choice;
  const pattern =
    existing === undefined
      ? patternOf(
          same.map(({ name }) => name),
          choice,
        )
      : filledPattern(existing.pattern, choice);
  const repositories = same.map((repository) => {
    const known = existing?.shortNames.get(repository.name);
    const { short, name } = shortNameOf(repository.name, pattern, known);
    return [short, { ...(name !== undefined && { name }), ...optionsOf(repository, registry) }];
  });
  const unmanaged = foreign.map((one) => [
    one.name,
    { ...scanningOf(one, registry), ...replicationOf(one, registry) },
  ]);
  for (const { subject, place, text } of registry.others)
    notes.push({ kind: "loss", ...(place !== undefined && { place }), subject, text });
  return {
    identity: { accountId, region },
    naming:
      existing !== undefined || pattern.pattern === defaultRepositoryPattern
        ? undefined
        : { repository: pattern.pattern },
    ecr: defined({
      ...encryption,
      repositories: Object.fromEntries(repositories),
      unmanagedRepositories: unmanaged.length > 0 ? Object.fromEntries(unmanaged) : undefined,
    }) as EcrInput,
  };
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

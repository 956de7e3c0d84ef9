import { defaultTagNames, type TagNames, tagsOf } from "../../environments/naming";
import type { Adopted, RepositoryInput } from "./environment-input";
import type { Note } from "./note";

/** The environment that receives the tags. */
interface Tagged {
  readonly project: string;
  readonly name: string;
  /** @default - the names that this project gives them */
  readonly tagNames?: TagNames;
}

type Tags = Readonly<Record<string, string>>;

/**
 * What becomes of the tags that were found. Every stack sets four tags of its own, by which IAM policies recognize the
 * resources, so an environment file refuses these names.
 *
 * @param keep leave the tags of the repositories as they are in AWS: they are in no file then
 */
export function withTags(adopted: Adopted, environment: Tagged, keep: boolean, notes: Note[]): Adopted {
  const own = tagsOf({ tagNames: defaultTagNames, ...environment, tags: {} }, "compute");
  const { tags, ecr } = adopted;
  const repositories = Object.entries(ecr.repositories ?? {}).map(([name, one]) => [
    name,
    keep ? keptAsTheyAre(one) : withoutOwn(name, one, own, notes),
  ]);
  return {
    ...adopted,
    ...(tags !== undefined && { tags: further(tags, own, "tags", notes) }),
    ecr: {
      ...ecr,
      ...(ecr.repositories !== undefined && { repositories: Object.fromEntries(repositories) }),
    },
  };
}

const keptAsTheyAre = ({ tags: _, ...rest }: RepositoryInput): RepositoryInput => ({
  ...rest,
  ignoreTagChanges: true,
});

function withoutOwn(
  name: string,
  { tags = {}, ...rest }: RepositoryInput,
  own: Tags,
  notes: Note[],
): RepositoryInput {
  const left = further(tags, own, name, notes);
  return { ...rest, ...(Object.keys(left).length > 0 && { tags: left }) };
}

/** The tags that no stack sets itself. */
function further(tags: Tags, own: Tags, subject: string, notes: Note[]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tags).filter(([key, value]) => {
      const ours = Object.keys(own).find((name) => name.toLowerCase() === key.toLowerCase());
      if (ours === undefined) return true;
      if (key !== ours || value !== own[ours])
        notes.push({
          ...{ kind: "choice", subject: `${subject}: tag ${key}`, found: value },
          text: `every stack sets ${ours} to ${JSON.stringify(own[ours])}, so this one is left out; to keep all tags of the repositories as they are: --keep-tags`,
        });
      return false;
    }),
  );
}

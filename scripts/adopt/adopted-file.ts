import { createTwoFilesPatch } from "diff";
import type { z } from "zod";
import type { Definition } from "../../environments/environment";
import { CreationTemplateOptions } from "../../environments/options/creation-template";
import { CacheOptions } from "../../environments/options/pull-through-cache";
import { UnmanagedRepositoryOptions } from "../../environments/options/registry";
import { RepositoryOptions } from "../../environments/options/repository";
import { constantName } from "../init/constant-name";
import { readEnvironmentList } from "../init/environment-list";
import { CommandError } from "../runner/command";
import type { Adopted, EcrInput } from "./environment-input";
import { environmentText } from "./environment-text";
import { editedText, type OptionEdit } from "./option-edit";
import { type Target, wholeEnvironment } from "./target";

/** An environment file with what is adopted in it. */
export interface AdoptedFile {
  readonly path: string;
  readonly text: string;
  /** What was there. @default - the file is new */
  readonly source?: string;
  /** New text of `environments/all.ts`. @default - it lists the file already */
  readonly list?: string;
}

/** @throws CommandError when the places of options in a file that exists cannot be found */
export function adoptedFile(
  target: Target,
  adopted: Adopted,
  exceptions: readonly object[],
  definitions: Readonly<Record<string, Definition>>,
): AdoptedFile {
  const { file: path, source } = target;
  if (source !== undefined) {
    const edits = editsOf(adopted.ecr, definitions[path]);
    if (exceptions.length > 0) {
      const existing = definitions[path];
      const kept = existing?.ok ? existing.environment.productionExceptions : [];
      edits.push({ path: ["productionExceptions"], value: [...kept, ...exceptions] });
    }
    const { text, unplaced } = editedText(source, edits);
    if (unplaced.length > 0)
      throw new CommandError(
        `${path} does not write these options as objects of its own, so they cannot be replaced: ${unplaced.map((edit) => edit.path.join(".")).join(", ")}. Write them out there, or move the file away. Nothing was written.`,
      );
    return { path, text, source };
  }
  const list = readEnvironmentList();
  const constant = constantName(target.base.name, list.names);
  const options = {
    ...wholeEnvironment(target, adopted),
    ...(exceptions.length > 0 && { productionExceptions: exceptions as never }),
  };
  return { path, text: environmentText(options, constant), list: list.with(path, constant) };
}

/** Options of `ecr` that are maps, whose entries are replaced one by one, and the options of an entry. */
const maps: Readonly<Record<string, z.ZodType>> = {
  repositories: RepositoryOptions,
  unmanagedRepositories: UnmanagedRepositoryOptions,
  pullThroughCache: CacheOptions,
  creationTemplates: CreationTemplateOptions,
};

/** What changes in a file that exists. */
function editsOf(ecr: EcrInput, existing: Definition | undefined): OptionEdit[] {
  const current = (existing?.ok ? existing.environment.ecr : {}) as Readonly<Record<string, unknown>>;
  return Object.entries(ecr).flatMap(([key, value]): OptionEdit[] => {
    const entryOptions = maps[key];
    if (entryOptions === undefined) return isSame(current[key], value) ? [] : [{ path: ["ecr", key], value }];
    const there = (current[key] ?? {}) as Readonly<Record<string, unknown>>;
    return Object.entries(value as object).flatMap(([name, one]): OptionEdit[] => {
      return isSame(there[name], entryOptions.safeParse(one).data)
        ? []
        : [{ path: ["ecr", key, name], value: one }];
    });
  });
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What changes, as `diff` prints it. Of a new file, nothing. */
export function fileDiff({ path, text, source }: AdoptedFile): string {
  if (source === undefined || source === text) return "";
  return createTwoFilesPatch(path, path, source, text, "", "", { context: 3 });
}

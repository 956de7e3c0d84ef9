import { definitions } from "../../environments/all";
import type { Definition } from "../../environments/environment";
import { ConfigurationError, type Problem } from "../../environments/schema/problem";
import { counted } from "../../modules/values/counted";
import { CommandError } from "../runner/command";
import { adoptedFile, fileDiff } from "./adopted-file";
import { withTags } from "./adopted-tags";
import { checkedOptions } from "./checked-options";
import type { Adopted } from "./environment-input";
import { inOrder, type Note, noteLine } from "./note";
import { type TargetOptions, targetOf } from "./target";
import { writeAdopted } from "./write-adopted";

/** The options that every source of environments has. */
export interface AdoptOptions extends TargetOptions {
  readonly replace?: boolean;
  readonly dryRun?: boolean;
  /** Leave the tags of the repositories as they are in AWS. */
  readonly keepTags?: boolean;
  readonly json?: boolean;
}

/** What was found, and what somebody should know about it. */
export interface Source {
  readonly adopted: Adopted;
  readonly notes: Note[];
  /** Where a problem of an option is written in the source. @default - in the environment file */
  readonly placeOf?: (problem: Problem) => { readonly file: string; readonly line: number } | undefined;
  /** What else JSON says. @default - nothing */
  readonly report?: object;
  /** What to do next, in lines. */
  readonly next: (environment: string) => readonly string[];
}

/**
 * Write what was found into an environment file, and print what somebody should know about it.
 *
 * @throws ConfigurationError with every problem; nothing is written then
 * @throws CommandError when the file exists with other options, and nobody allowed to replace them
 */
export async function adoptInto(options: AdoptOptions, source: Source): Promise<void> {
  const { notes } = source;
  const target = targetOf(options, source.adopted.identity, definitions, notes);
  const existing: Definition | undefined = definitions[target.file as keyof typeof definitions];
  const { project, name } = target.base;
  const tagged = existing?.ok ? existing.environment : { project, name };
  const adopted = withTags(source.adopted, tagged, options.keepTags === true, notes);
  const { exceptions, problems } = checkedOptions(target, adopted, definitions, notes);
  if (problems.length > 0) {
    printNotes(notes);
    throw new ConfigurationError(problems.map((problem) => ({ ...problem, ...source.placeOf?.(problem) })));
  }
  const file = adoptedFile(target, adopted, exceptions, definitions);
  const isNew = file.source === undefined;
  const isSame = file.source === file.text;
  const diff = fileDiff(file);
  const writes = !isSame && options.dryRun !== true;
  if (!options.json) {
    if (options.dryRun === true && isNew) process.stdout.write(file.text);
    process.stdout.write(diff);
  }
  if (writes && !isNew && options.replace !== true) {
    printNotes(notes);
    throw new CommandError(
      `${file.path} exists; with --replace, it is changed as shown. Nothing was written.`,
    );
  }
  if (writes) await writeAdopted(file);
  if (options.json === true) {
    const report = {
      file: file.path,
      written: writes,
      text: file.text,
      notes: inOrder(notes),
      ...source.report,
    };
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    return;
  }
  printNotes(notes);
  if (options.dryRun === true) return;
  const repositories = Object.keys(adopted.ecr.repositories ?? {}).length;
  const done = isSame
    ? `${file.path} says all of this already; nothing was written.`
    : `${file.path} is written with ${counted(repositories, "repository", "repositories")}, and every stack synthesizes.`;
  process.stdout.write(
    `${done}\n\nNext:\n${source
      .next(options.env)
      .map((line) => `  ${line}\n`)
      .join("")}`,
  );
}

/** To standard error, so that the file of a dry run can be redirected. */
function printNotes(notes: readonly Note[]): void {
  const lines = inOrder(notes).map(noteLine);
  if (lines.length > 0) process.stderr.write(`${lines.join("\n")}\n${counted(lines.length, "note")}.\n`);
}

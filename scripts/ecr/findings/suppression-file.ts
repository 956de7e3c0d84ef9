import { readFileSync } from "node:fs";
import { z } from "zod";
import { isDay } from "../../../environments/options/acknowledged-changes";
import { reason } from "../../../environments/options/reason";
import { type Problem, renderProblems } from "../../../environments/schema/problem";
import { list, nonEmpty, object } from "../../../modules/values/fields";
import { problemsIn } from "../../../modules/values/issues";
import { readJsonText } from "../../../modules/values/json-text";
import { CommandError } from "../../runner/command";

const dayAdvice =
  "a date has the form YYYY-MM-DD and is a day of the calendar; use a date such as 2027-01-31";

const Suppression = object({
  id: nonEmpty("this must be the ID of a vulnerability; use an ID such as CVE-2024-3094"),
  package: nonEmpty(
    "this must be the name of a package, or be left out; use a name such as openssl",
  ).optional(),
  repository: nonEmpty(
    "this must be the short name of a repository, or be left out; use a name such as web-app",
  ).optional(),
  reason: reason("a suppression needs a reason of at least 10 characters; write a sentence"),
  expires: z.string({ error: dayAdvice }).refine(isDay, { error: dayAdvice }),
});

const SuppressionFile = object({ suppressions: list(Suppression) });

/** A finding that reviewers of the file accept until a day. */
export interface Suppression extends z.output<typeof Suppression> {
  /** Where it is, e.g. `suppressions.json: suppressions[0]`. */
  readonly source: string;
}

const example = '{"suppressions": [{"id": "CVE-2024-3094", "reason": "…", "expires": "2027-01-31"}]}';

/**
 * The suppressions in a JSON file: `{ "suppressions": [{ "id", "reason", "expires", "package"?, "repository"? }] }`.
 * `expires` is the last day on which an entry counts, in UTC.
 *
 * @throws CommandError with every problem in the file
 */
export function suppressionsIn(file: string): Suppression[] {
  const read = readJsonText(textOf(file), example);
  if ("problems" in read) throw problemsOf(file, read.problems);
  const parsed = SuppressionFile.safeParse(read.value, { reportInput: true });
  if (!parsed.success) throw problemsOf(file, problemsIn(parsed.error, read.value));
  return parsed.data.suppressions.map((suppression, index) => ({
    ...suppression,
    source: `${file}: suppressions[${index}]`,
  }));
}

const problemsOf = (file: string, problems: readonly Omit<Problem, "file">[]): CommandError =>
  new CommandError(renderProblems(problems.map((problem) => ({ ...problem, file }))));

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new CommandError(
      `--suppress: ${file} cannot be read: ${(error as Error).message}; name a JSON file such as ${example}`,
    );
  }
}

import { type Problem, renderValue } from "../../environments/schema/problem";
import { cancelledBy } from "../runner/question";
import { type Answers, defaultAnswers, flags, namesIn } from "./answers";

/** Checks answers of which some are missing, as empty texts. */
export type Check = (answers: Answers) => readonly Problem[];

/** Answers that are offered, and taken when Enter is pressed. An account is never offered. */
export interface Offers {
  readonly project?: string | undefined;
  readonly region?: string | undefined;
}

/** @clack/prompts is an ES module, which CommonJS can only import at run time. */
const library = () => import("@clack/prompts");

/**
 * Ask for the answers that are missing, one after the other. Each is checked before the next question.
 *
 * @throws CommandError with exit code 130 after Ctrl-C
 */
export async function askForAnswers(
  given: Partial<Answers>,
  check: Check,
  { project, region }: Offers,
): Promise<Answers> {
  const { intro, text, select } = await library();
  intro("A new environment: its file, its name for the state bucket, and its line in environments/all.ts");
  let answers: Answers = { ...blank, ...given };
  const problemWith = (field: keyof Answers, value: string): string | undefined => {
    const tried = { ...answers, [field]: field === "repositories" ? namesIn(value) : value };
    const problem = check(tried).find(({ file }) => file === flags[field]);
    return problem && `found ${renderValue(problem.found)}; ${problem.advice}`;
  };
  const ask = async (field: Exclude<keyof Answers, "tier">, message: string, offer?: string) => {
    if (given[field] !== undefined) return;
    const answer = await text({
      message,
      ...(offer !== undefined && { placeholder: offer, defaultValue: offer }),
      validate: (value) => problemWith(field, value?.trim() || (offer ?? "")),
    });
    const value = notCancelled(answer).trim();
    answers = { ...answers, [field]: field === "repositories" ? namesIn(value) : value };
  };
  await ask("project", "Project: the first part of every name", project);
  await ask("name", "Name of the environment, e.g. staging");
  if (given.tier === undefined) {
    const tier = await select({
      message: "Tier of the environment",
      options: [
        { value: "development", label: "development", hint: "AES256, mutable tags" },
        {
          value: "production",
          label: "production",
          hint: "production rules, KMS, immutable tags, protected from deletion",
        },
      ],
      initialValue: defaultAnswers.tier as string,
    });
    answers = { ...answers, tier: notCancelled(tier) };
  }
  await ask(
    "accountId",
    "AWS account, 12 digits (aws sts get-caller-identity prints that of your credentials)",
  );
  await ask("region", "AWS Region, e.g. eu-west-1", region);
  await ask("repositories", "Repositories, with commas between their names", defaultAnswers.repositories);
  // The derived name can be too long, or be taken in S3.
  if (check(answers).some(({ file }) => file === flags.bucket))
    await ask("bucket", "S3 bucket for the state; a name of 3 to 63 characters that no one else has");
  return answers;
}

const blank: Answers = { project: "", name: "", tier: "", accountId: "", region: "", repositories: [] };

/**
 * Show the file and ask whether to write it.
 *
 * @throws CommandError with exit code 130 after Ctrl-C
 */
export async function confirmText(file: string, text: string): Promise<boolean> {
  const { confirm, log } = await library();
  log.message(text.trimEnd());
  return notCancelled(await confirm({ message: `Write ${file} and add it to environments/all.ts?` }));
}

/** In its raw mode, the terminal sends no signal for Ctrl-C. */
function notCancelled<T>(answer: T): Exclude<T, symbol> {
  if (typeof answer === "symbol") throw cancelledBy("SIGINT", "nothing was written");
  return answer as Exclude<T, symbol>;
}

import { appendFileSync, statSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";

/**
 * Write a report to a file. Where the file is the summary of a GitHub step, it is appended, as everything that writes there
 * does: several commands of a step share it. Any other file has only this report afterwards.
 *
 * @param summary path of the summary. @default - what GitHub says in the environment
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#adding-a-job-summary
 */
export function writeReport(
  file: string,
  text: string,
  summary: string | undefined = process.env["GITHUB_STEP_SUMMARY"],
): void {
  const isSummary = summary !== undefined && summary !== "" && resolve(file) === resolve(summary);
  if (!isSummary) {
    writeFileSync(file, text);
    return;
  }
  const { size = 0 } = statSync(file, { throwIfNoEntry: false }) ?? {};
  appendFileSync(file, size === 0 ? text : `\n${text}`);
}

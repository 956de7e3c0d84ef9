import { writeFileSync } from "node:fs";
import { CommandError } from "./command";
import { writeResult } from "./result-stream";
import { type RunLog, runMarkdown } from "./run-report";

/** Where the report of a run goes, beside the summary on the terminal. */
export interface ReportOptions {
  /** Whether it is printed as JSON. */
  readonly json: boolean;
  /** File for it as Markdown. */
  readonly markdown?: string | undefined;
}

/**
 * Run something that writes to a log, and report what was done, also when it fails.
 *
 * @throws what the run throws
 */
export async function reportedRun(
  log: RunLog,
  { json, markdown }: ReportOptions,
  work: () => Promise<void>,
): Promise<void> {
  const write = (error?: string) => {
    const report = log.report(error);
    if (markdown !== undefined) writeFileSync(markdown, runMarkdown(report));
    if (json) writeResult(`${JSON.stringify(report, null, 2)}\n`);
  };
  try {
    await work();
  } catch (error) {
    if (error instanceof CommandError) write(error.message);
    throw error;
  }
  process.stdout.write(`\n${log.text()}\n`);
  write();
}

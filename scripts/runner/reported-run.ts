import { closeSync, openSync } from "node:fs";
import { writeReport } from "../review/report/report-file";
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
 * A file that cannot be written is found before anything runs. If it is lost later, that is reported, and changes neither what the
 * run throws nor its JSON.
 *
 * @throws what the run throws
 * @throws CommandError before it when the file cannot be written
 */
export async function reportedRun(
  log: RunLog,
  { json, markdown }: ReportOptions,
  work: () => Promise<void>,
): Promise<void> {
  const write = (file: string | undefined, error?: string) => {
    const report = log.report(error);
    if (json) writeResult(`${JSON.stringify(report, null, 2)}\n`);
    if (file === undefined) return;
    writeMarkdown(file, runMarkdown(report));
  };
  try {
    requireWritable(markdown);
  } catch (error) {
    write(undefined, (error as CommandError).message);
    throw error;
  }
  try {
    await work();
  } catch (error) {
    write(markdown, error instanceof Error ? error.message : String(error));
    throw error;
  }
  process.stdout.write(`\n${log.text()}\n`);
  write(markdown);
}

/** Write a report when everything is done. That it cannot be written any more fails nothing. */
export function writeMarkdown(file: string, text: string): void {
  try {
    writeReport(file, text);
  } catch (problem) {
    process.stderr.write(`--markdown: the report was not written: ${(problem as Error).message}\n`);
  }
}

/** @throws CommandError when the file cannot be written */
export function requireWritable(markdown: string | undefined): void {
  const unwritable = markdown === undefined ? undefined : whyUnwritable(markdown);
  if (unwritable !== undefined) throw new CommandError(`--markdown: ${unwritable}; nothing was started`);
}

/** Why a file cannot be written; `undefined` if it can be. What is in it stays. */
function whyUnwritable(file: string): string | undefined {
  try {
    closeSync(openSync(file, "a"));
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

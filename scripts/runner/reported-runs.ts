import { CommandError } from "./command";
import { type ReportOptions, reportedRun, requireWritable, writeMarkdown } from "./reported-run";
import { writeResult } from "./result-stream";
import { type RunLog, type RunReport, runMarkdown } from "./run-report";

/** A run on one environment. */
export interface EnvironmentRun {
  readonly log: RunLog;
  readonly work: () => Promise<void>;
}

/** What runs on several environments did. This is also the form of `--json`. */
export interface RunsReport {
  /** Rises when a field is removed or changes its meaning. */
  readonly schemaVersion: 1;
  /** Whether every environment is finished. */
  readonly finished: boolean;
  /** In the order of the runs. One that was not started has no error. */
  readonly environments: readonly RunReport[];
}

/**
 * Run on environments one after another, until one fails, and report what was done, also when it fails.
 *
 * @param command the command that continues
 * @throws what the run throws; a CommandError also says what was not started, and how to continue
 */
export async function reportedRuns(
  runs: readonly EnvironmentRun[],
  options: ReportOptions,
  command: string,
): Promise<void> {
  const [only] = runs;
  if (only !== undefined && runs.length === 1) return reportedRun(only.log, options, only.work);
  requireWritable(options.markdown);
  for (const [index, { log, work }] of runs.entries()) {
    process.stdout.write(`\n[environment ${index + 1}/${runs.length}] ${log.environment}\n`);
    log.start();
    try {
      await work();
    } catch (error) {
      report(runs, index, options, error instanceof Error ? error.message : String(error));
      if (!(error instanceof CommandError)) throw error;
      throw new CommandError(
        `${error.message}\n${rest(runs, index)}\nTo continue: ${command}`,
        error.exitCode,
      );
    }
    process.stdout.write(`\n${log.text()}\n`);
  }
  report(runs, runs.length, options);
}

/** @param failed index of the environment that failed */
function report(
  runs: readonly EnvironmentRun[],
  failed: number,
  { json, markdown }: ReportOptions,
  error?: string,
): void {
  const environments = runs.map(({ log }, index) => log.report(index === failed ? error : undefined));
  const result: RunsReport = { schemaVersion: 1, finished: failed === runs.length, environments };
  process.stdout.write(`\n${summary(environments, failed)}\n`);
  if (json) writeResult(`${JSON.stringify(result, null, 2)}\n`);
  if (markdown === undefined) return;
  const started = environments.slice(0, failed + 1).map(runMarkdown);
  const left = environments.slice(failed + 1).map(({ environment }) => `\`${environment}\``);
  writeMarkdown(
    markdown,
    [...started, ...(left.length > 0 ? [`Not started: ${left.join(", ")}.\n`] : [])].join("\n"),
  );
}

/** One line for each environment. */
function summary(environments: readonly RunReport[], failed: number): string {
  const width = Math.max(...environments.map(({ environment }) => environment.length));
  const lines = environments.map(({ environment, stacks, seconds }, index) => {
    const done = stacks.filter(({ outcome }) => outcome !== "not finished").length;
    const what =
      index > failed
        ? "not started"
        : `${index === failed ? "not finished" : "finished"}, ${done} of ${stacks.length} stacks, ${seconds} s`;
    return `  ${environment.padEnd(width)}  ${what}`;
  });
  return ["Environments:", ...lines].join("\n");
}

function rest(runs: readonly EnvironmentRun[], failed: number): string {
  const names = (part: readonly EnvironmentRun[]) =>
    part.map(({ log }) => log.environment).join(", ") || "none";
  return `Environments finished: ${names(runs.slice(0, failed))}. Not finished: ${names(runs.slice(failed, failed + 1))}. Not started: ${names(runs.slice(failed + 1))}.`;
}

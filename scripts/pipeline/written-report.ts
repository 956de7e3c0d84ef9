import type { Report } from "../review/report/report";
import { CommandError } from "../runner/command";
import { jobFile } from "./job-file";

/** The report that `npm run plan -- <environment> --json` has written. @throws CommandError when the file is none */
export function writtenReport(file: string): Report {
  const text = jobFile(file, "the step with npm run plan");
  try {
    const report = JSON.parse(text) as Partial<Report>;
    if (report.schemaVersion === 1 && report.source === "plans" && Array.isArray(report.stacks))
      return report as Report;
  } catch {
    // Not even JSON.
  }
  throw new CommandError(
    `${file} is no report of plans; write one with npm run --silent plan -- <environment> --json > ${file}`,
  );
}

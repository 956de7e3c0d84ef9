import { writeFileSync } from "node:fs";
import type { Command } from "commander";
import { asMarkdown } from "./as-markdown";
import { asText } from "./as-text";
import type { Report } from "./report";

/** A format that is written to a file. */
interface FileFormat {
  /** Name of the flag without dashes, which takes the path of the file. */
  readonly flag: string;
  readonly description: string;
  readonly render: (report: Report) => string;
}

/** Every format for a file. A new one needs only its line here. */
const fileFormats: readonly FileFormat[] = [
  { flag: "markdown", description: "write the report to a file for a comment on GitHub", render: asMarkdown },
];

/** Give a command the flags of all formats. */
export function addFormats(command: Command): Command {
  for (const { flag, description } of fileFormats) command.option(`--${flag} <file>`, description);
  return command.option("--json", "print JSON");
}

/** Print a report, and write it to the files that the flags name. @param options of the command, by flag */
export function showReport(report: Report, options: object): void {
  const given: Record<string, unknown> = { ...options };
  for (const { flag, render } of fileFormats)
    if (typeof given[flag] === "string") writeFileSync(given[flag], render(report));
  process.stdout.write(given["json"] === true ? `${JSON.stringify(report, null, 2)}\n` : asText(report));
}

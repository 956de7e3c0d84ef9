import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { asHtml } from "./as-html";
import { asMarkdown } from "./as-markdown";
import { asText } from "./as-text";
import type { Picture } from "./html/picture";
import type { Report } from "./report";
import { writeReport } from "./report-file";

/** A format that is written to a file. */
interface FileFormat {
  /** Name of the flag without dashes, which takes the path of the file. */
  readonly flag: string;
  readonly description: string;
  readonly render: (report: Report, pictures: () => Promise<readonly Picture[]>) => string | Promise<string>;
}

/** Every format for a file. A new one needs only its line here. */
const fileFormats: readonly FileFormat[] = [
  { flag: "markdown", description: "write the report to a file for a comment on GitHub", render: asMarkdown },
  {
    flag: "html",
    description: "write the report to a file as a page for a browser",
    render: async (report, pictures) => asHtml(report, await pictures()),
  },
];

/** Give a command the flags of all formats. */
export function addFormats(command: Command): Command {
  for (const { flag, description } of fileFormats)
    command.option(`--${flag} <file>`, description, inExistingFolder);
  return command.option("--json", "print JSON");
}

/** Said at the start: a report that cannot be written would be lost after all the work. */
function inExistingFolder(file: string): string {
  const folder = dirname(file);
  if (existsSync(folder)) return file;
  throw new InvalidArgumentError(`The folder ${folder} does not exist; create it first.`);
}

/**
 * Print a report, and write it to the files that the flags name.
 *
 * @param options of the command, by flag
 * @param pictures of the stacks, for the formats that show them
 */
export async function showReport(
  report: Report,
  options: object,
  pictures: () => Promise<readonly Picture[]>,
): Promise<void> {
  const given: Record<string, unknown> = { ...options };
  for (const { flag, render } of fileFormats)
    if (typeof given[flag] === "string") writeReport(given[flag], await render(report, pictures));
  process.stdout.write(given["json"] === true ? `${JSON.stringify(report, null, 2)}\n` : asText(report));
}

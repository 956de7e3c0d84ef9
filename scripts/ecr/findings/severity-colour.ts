import { createColors } from "picocolors";

/** Whether standard output is a terminal that shows colours. https://no-color.org: any value but an empty one turns them off */
export function showsColours(
  output: { readonly isTTY?: boolean } = process.stdout,
  { NO_COLOR = "", TERM }: NodeJS.ProcessEnv = process.env,
): boolean {
  return output.isTTY === true && NO_COLOR === "" && TERM !== "dumb";
}

/** A severity in its colour. */
export function colouredSeverity(severity: string, colours: boolean): string {
  const { red, yellow, bold, dim } = createColors(colours);
  switch (severity) {
    case "CRITICAL":
      return bold(red(severity));
    case "HIGH":
      return red(severity);
    case "MEDIUM":
      return yellow(severity);
    default:
      return dim(severity);
  }
}

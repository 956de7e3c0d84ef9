import { readFileSync } from "node:fs";

/** A syntax error as the TypeScript compiler prints it. Codes of the scanner and the parser begin with 1. */
const syntaxError = /^(\S.*?)\((\d+),(\d+)\): error TS1\d{3}: (.*)$/;

/**
 * Show the first syntax error of each file: one line with its place, and the code around it. The compiler finds others
 * behind it, most of which follow from it.
 *
 * @param output what the TypeScript compiler printed
 * @returns `undefined` without syntax errors
 */
export function explainSyntaxErrors(output: string): string | undefined {
  const errors = output.split("\n").flatMap((line) => {
    const [, file = "", row, column, message = ""] = syntaxError.exec(line) ?? [];
    return row === undefined ? [] : [{ file, row: Number(row), column: Number(column), message }];
  });
  const files = new Map(errors.toReversed().map((error) => [error.file, error]));
  if (files.size === 0) return undefined;
  const shown = [...files.values()]
    .toReversed()
    .map((error) => `${error.file}:${error.row}:${error.column}: ${error.message}\n${around(error)}`);
  const count = files.size === 1 ? "1 file cannot be read" : `${files.size} files cannot be read`;
  return `${shown.join("\n")}${count}; nothing was written.\n`;
}

/** Lines of code before and at a place, and one behind it, with a mark below the place. */
function around({ file, row, column }: { file: string; row: number; column: number }): string {
  let source: string;
  try {
    source = readFileSync(file, "utf8");
  } catch {
    return "";
  }
  const width = String(row + 1).length;
  return source
    .split(/\r?\n/)
    .map((text, index) => ({ text, number: index + 1 }))
    .filter(({ number }) => number >= row - 2 && number <= row + 1)
    .map(({ text, number }) => {
      const line = `${number === row ? ">" : " "} ${String(number).padStart(width)} | ${text}`.trimEnd();
      const mark = `  ${" ".repeat(width)} | ${text.slice(0, column - 1).replace(/[^\t]/g, " ")}^`;
      return number === row ? `${line}\n${mark}\n` : `${line}\n`;
    })
    .join("");
}

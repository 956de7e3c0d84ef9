import { readFileSync } from "node:fs";
import type { Option } from "commander";
import { CommandError } from "../runner/command";
import { repeatedOption } from "../runner/repeated-option";
import { digest } from "./image-input";

/**
 * Digests of images in use: each value is a digest, or a file with one digest per line.
 *
 * @throws CommandError when a value is neither, or a line of a file is not a digest
 */
export function digestsIn(values: readonly string[]): string[] {
  return values.flatMap((value) => {
    if (digest.safeParse(value).success) return [value];
    let content: string;
    try {
      content = readFileSync(value, "utf8");
    } catch {
      throw new CommandError(`--in-use ${value}: neither a digest (sha256:…) nor a readable file`);
    }
    const lines = content.split("\n").map((line) => line.trim());
    lines.forEach((line, index) => {
      if (line !== "" && !digest.safeParse(line).success)
        throw new CommandError(
          `${value}:${index + 1}: found "${line}"; each line must be a digest (sha256:…)`,
        );
    });
    return lines.filter((line) => line !== "");
  });
}

/** The option whose values {@link digestsIn} reads. */
export const inUseOption = (): Option =>
  repeatedOption("--in-use <digest|file>", "digest of an image in use, or a file with one per line");

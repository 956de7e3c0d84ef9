import { readFileSync } from "node:fs";

/** An entry of the page of scanner rules. */
export interface ScannerEntry {
  /** As both scanners write them, e.g. `CKV_AWS_149`. */
  readonly ids: readonly string[];
  /** Whether the project meets the rules, and how. */
  readonly status: string;
}

/** Every entry of the page: `- <ids>: <what the rule requires>`, and the status below it. */
export function scannerEntries(): ScannerEntry[] {
  const page = readFileSync("docs/reference/scanner-rules.md", "utf8");
  return [...page.matchAll(/^- ((?:CKV|AWS)[^:]*): .*\n((?: {2}.*\n)+)/gm)].map(
    ([, ids = "", lines = ""]) => ({
      ids: ids.split(", "),
      status: lines.replace(/\s+/g, " ").trim(),
    }),
  );
}

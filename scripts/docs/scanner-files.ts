import { type ScannerException, scannerExceptions } from "./scanner-exceptions";

const header = `# Written by npm run docs from scripts/docs/scanner-exceptions.ts. docs/reference/scanner-rules.md says more.
`;

const isTrivys = (rule: string): boolean => rule.startsWith("AWS-");

/** Exceptions with only the rules of one scanner, without those that it has no rule for. */
function exceptionsOf(isRule: (rule: string) => boolean): ScannerException[] {
  return scannerExceptions
    .map((exception) => ({ ...exception, rules: exception.rules.filter(isRule) }))
    .filter(({ rules }) => rules.length > 0);
}

const comment = ({ kinds, reason }: ScannerException): string => `# ${kinds.join(", ")}: ${reason}`;

/** Checkov reads this from the directory it runs in. */
export function checkovConfig(): string {
  const entries = exceptionsOf((rule) => !isTrivys(rule)).flatMap((exception) => [
    `  ${comment(exception)}`,
    ...exception.rules.map((rule) => `  - ${rule}`),
  ]);
  return `${header}skip-check:\n${entries.join("\n")}\n`;
}

/** Trivy reads this from the directory it runs in. Older versions know a rule only with the prefix AVD. */
export function trivyIgnore(): string {
  const entries = exceptionsOf(isTrivys).flatMap((exception) => [
    comment(exception),
    ...exception.rules.flatMap((rule) => [rule, `AVD-${rule}`]),
  ]);
  return `${header}${entries.join("\n")}\n`;
}

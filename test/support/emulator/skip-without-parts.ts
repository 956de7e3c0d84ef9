import { describe, inject } from "vitest";

/**
 * `describe` for tests with real Terraform. Where a part is missing they are skipped, with one line that says which;
 * in CI they fail.
 */
export function describeWithTerraform(name: string, tests: () => void): void {
  const missing = inject("missingParts");
  if (missing.length === 0) return void describe(name, tests);
  const message = `Tests with real Terraform need: ${missing.join("; ")}`;
  if (process.env["CI"]) throw new Error(message);
  process.stderr.write(`${message}\n`);
  describe.skip(name, tests);
}

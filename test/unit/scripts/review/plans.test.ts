import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { exitCodeOf } from "../../../../scripts/review/gates/exit-code";
import { asMarkdown } from "../../../../scripts/review/report/as-markdown";
import type { Report } from "../../../../scripts/review/report/report";
import {
  type RecordedPlans,
  recordedEdits,
  recordedPlans,
  reportOnRecorded,
} from "../../../support/review/plans/recorded-plans";

/** Plans of the real Terraform and AWS provider for edits of the environment files: see `npm run plans`. */
describe("reviews of real plans", () => {
  const edits = recordedEdits().map((name) => [name, recordedPlans(name)] as const);

  test.each(edits)("%s", async (name, plans) => {
    await expect(page(plans)).toMatchFileSnapshot(join(__dirname, "plans", `${name}.md`));
  });

  test("the exit code, the verdict and the gates agree", () => {
    const wrong = edits.flatMap(([name, plans]) => {
      const { verdict, gates, stacks } = reportOnRecorded(plans);
      const found = new Set((gates?.findings ?? []).map(({ severity }) => severity));
      const isOpen = stacks.some(({ blocks, waits }) => blocks.length > 0 || waits.length > 0);
      const expected =
        found.has("blocked") || stacks.some(({ blocks }) => blocks.length > 0)
          ? 3
          : found.size > 0 || isOpen
            ? 2
            : 0;
      const [word, code] = [/^[A-Z][a-z]+/.exec(verdict.text)?.[0], exitCodeOf(verdict, "risky")];
      const words = { 0: ["No"], 2: ["Risky"], 3: ["Blocked"] }[expected] ?? [];
      return code === expected && words.includes(String(word)) ? [] : [[name, expected, code, verdict.text]];
    });

    expect(wrong).toEqual([]);
  });

  test("every count is Terraform's", () => {
    const wrong = edits.flatMap(([name, plans]) => {
      const { stacks } = reportOnRecorded(plans);
      return plans.stacks
        .map(({ stack, summary }) => [name, stack, summary, summaryOf(stacks, stack)])
        .filter(([, , terraform, review]) => terraform !== review);
    });

    expect(wrong).toEqual([]);
    expect(edits.length).toBeGreaterThan(20);
  });
});

/** What `npm run plan` says about an edit: its exit code, what the gates find, and the Markdown. */
function page(plans: RecordedPlans): string {
  const report = reportOnRecorded(plans);
  const findings = (report.gates?.findings ?? []).map(
    ({ gate, severity, stack, address }) => `- ${severity}: ${gate} (${stack}/${address})`,
  );
  return [
    `<!-- ${plans.title} Exit code ${exitCodeOf(report.verdict, "risky")}. Gates:`,
    ...(findings.length === 0 ? ["none"] : findings),
    "-->",
    asMarkdown(report),
  ].join("\n");
}

/** The counts of a stack in Terraform's words; `undefined` if no resource changes. */
function summaryOf(stacks: Report["stacks"], name: string): string | undefined {
  const found = stacks.find(({ stack }) => stack === name);
  if (found === undefined) return `no ${name}`;
  const { create, update, replace, delete: deleted } = found.counts;
  if (create + update + replace + deleted === 0) return undefined;
  return `${create + replace} to add, ${update} to change, ${deleted + replace} to destroy`;
}

import type { Definition } from "../../../environments/environment";
import { loadProject } from "../../../environments/load";
import { reportOn } from "../../../scripts/review/report/compared-revisions";
import type { Report, StackReport } from "../../../scripts/review/report/report";
import type { Stacks } from "../../../scripts/review/revisions/stack-json";
import { resolvedStacks } from "../synth";

/** The stacks of environments, as synth writes them. @param context of the app */
export const stacksOf = (
  definitions: Readonly<Record<string, Definition>>,
  context: Readonly<Record<string, unknown>> = {},
): Stacks => resolvedStacks(loadProject(definitions, context));

/** The report on two revisions. */
export const reportBetween = (base: Stacks, head: Stacks): Report =>
  reportOn(base, head, { base: "main", head: "work" });

/** The part of a report on one stack. */
export function partOn(stack: string, report: Report): StackReport {
  const found = report.stacks.find((part) => part.stack === stack);
  if (found === undefined) throw new Error(`no ${stack} in ${report.stacks.map((part) => part.stack)}`);
  return found;
}

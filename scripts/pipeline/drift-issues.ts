import { asMarkdown } from "../review/report/as-markdown";
import type { Report, StackReport } from "../review/report/report";
import { verdictOn } from "../review/report/verdict";
import type { Forge } from "./forge";
import { fitting } from "./sticky-comment";

const titleOf = (stack: string): string => `Drift: ${stack}`;

/**
 * Make the open issues say what a report says. A stack that could not be planned keeps its issue as it is.
 *
 * @returns one line for each issue that is opened, changed or closed
 */
export async function reconcileIssues(forge: Forge, report: Report): Promise<string[]> {
  const open = await forge.issues();
  const done: string[] = [];
  for (const stack of report.stacks) {
    const title = titleOf(stack.stack);
    const [issue, ...repeated] = open.filter((candidate) => candidate.title === title);
    if (stack.status === "not planned") continue;
    if (stack.status === "unchanged") {
      for (const { id } of [issue, ...repeated].filter((found) => found !== undefined)) {
        await forge.closeIssue(id);
        done.push(`${title}: closed`);
      }
      continue;
    }
    const body = fitting(bodyOf(report, stack));
    if (issue === undefined) {
      await forge.openIssue(title, body);
      done.push(`${title}: opened`);
    } else if (issue.body !== body) {
      await forge.changeIssue(issue.id, body);
      done.push(`${title}: changed`);
    }
  }
  return done;
}

function bodyOf(report: Report, stack: StackReport): string {
  const alone = { ...report, stacks: [stack], verdict: verdictOn([stack], 0) };
  return `What is deployed differs from the files. Deploy the stack, or change the files. This issue is closed when they agree.\n\n${asMarkdown(alone)}`.trim();
}

import { resourceLabel } from "../plan-review";
import { grouped } from "./grouped";
import type { StackReport } from "./report";

/** A resource that is destroyed or replaced. */
interface Entry {
  readonly label: string;
  readonly verb: "destroyed" | "replaced";
  /** Why, what is lost, and what to do instead. */
  readonly sentences: readonly string[];
}

/** Losses with the same explanation share one entry; then what is destroyed or replaced without such a loss. */
export function destructions(report: StackReport): string[] {
  return grouped(entriesOf(report), ({ verb, sentences }) => [verb, sentences]).flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const indented = first.sentences.map((sentence) => `  ${sentence}`);
    if (group.length === 1) return [`${report.stack}: ${first.label} would be ${first.verb}.`, ...indented];
    const names = group.map(({ label }) => `  - ${label}`);
    return [`${report.stack}: ${group.length} resources would be ${first.verb}:`, ...names, ...indented];
  });
}

function entriesOf({ losses, changes }: StackReport): Entry[] {
  const explained = new Set(losses.map(({ address }) => address));
  const others = changes
    .filter(({ action, harmless: why }) => (action === "delete" || action === "replace") && why === undefined)
    .filter(({ address }) => !explained.has(address));
  return [
    ...losses.map((loss) => ({
      label: resourceLabel(loss),
      verb: verbs[loss.effect],
      sentences: loss.sentences,
    })),
    ...others.map((change) => ({
      label: resourceLabel(change),
      verb: verbs[change.action === "replace" ? "replace" : "destroy"],
      sentences: change.reasons,
    })),
  ];
}

const verbs = { destroy: "destroyed", replace: "replaced" } as const;

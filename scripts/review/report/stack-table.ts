import type { StackReport } from "./report";
import type { Table } from "./table";

/** The numbers of each stack; of what is rare, only if there is any. */
export function stackTable(stacks: readonly StackReport[]): Table {
  const imported = stacks.some(({ imports }) => imports > 0);
  const moving = stacks.some(({ moved }) => moved.length > 0);
  const forgetting = stacks.some(({ forgotten }) => forgotten.length > 0);
  return {
    head: [
      ...["stack", "status", "create", "update", "replace", "delete"],
      ...[...(imported ? ["import"] : []), ...(moving ? ["move"] : []), ...(forgetting ? ["forget"] : [])],
    ],
    rows: stacks.map((report) => {
      const { create, update, replace, delete: deleted } = report.counts;
      const rare = [
        ...(imported ? [report.imports] : []),
        ...(moving ? [report.moved.length] : []),
        ...(forgetting ? [report.forgotten.length] : []),
      ];
      return [...[report.stack, report.status], ...[create, update, replace, deleted, ...rare].map(String)];
    }),
  };
}

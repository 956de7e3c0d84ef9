import { inCode } from "../review/report/as-markdown";
import type { Table } from "../review/report/table";
import { asMermaid } from "./as-mermaid";
import type { StackGraph } from "./stack-graph";

/** A page with the picture and the repositories of an environment, for GitHub and GitLab, which draw Mermaid. */
export const markdownPage = (environment: string, graph: StackGraph, { head, rows }: Table): string =>
  [
    `# Diagram of ${environment}`,
    `Written by \`npm run diagram -- ${environment}\` from the Terraform JSON. An arrow names the outputs that the lower stack reads from the state of the upper one.`,
    `\`\`\`mermaid\n${asMermaid(graph)}\`\`\``,
    "## Repositories",
    rows.map((row) => entry(head, row)).join("\n"),
    "",
  ]
    .join("\n\n")
    .trimEnd()
    .concat("\n");

/** A repository and its settings. As a table, they would be wider than a page. */
function entry([, ...head]: readonly string[], [repository = "", ...cells]: readonly string[]): string {
  const settings = cells.flatMap((cell, column) =>
    cell === "-" ? [] : [`  - ${head[column]}: ${cell.split("; ").map(inCode).join(", ")}`],
  );
  return [`- ${inCode(repository)}`, ...settings].join("\n");
}

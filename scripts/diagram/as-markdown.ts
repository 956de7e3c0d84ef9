import { inCode } from "../review/report/as-markdown";
import type { Table } from "../review/report/table";
import { asMermaid } from "./as-mermaid";
import type { StackGraph } from "./stack-graph";

/** A page with the picture and the table of an environment, for GitHub and GitLab, which draw Mermaid. */
export const markdownPage = (environment: string, graph: StackGraph, { head, rows }: Table): string =>
  [
    `# Diagram of ${environment}`,
    `Written by \`npm run diagram -- ${environment}\` from the Terraform JSON. An arrow names the outputs that the lower stack reads from the state of the upper one.`,
    `\`\`\`mermaid\n${asMermaid(graph)}\`\`\``,
    "## Repositories",
    [head, head.map(() => "---"), ...rows.map((row) => row.map(cell))]
      .map((cells) => `| ${cells.join(" | ")} |`)
      .join("\n"),
    "",
  ]
    .join("\n\n")
    .trimEnd()
    .concat("\n");

/** Each of several values on its own line. */
const cell = (text: string): string => (text === "-" ? text : text.split("; ").map(inCode).join("<br>"));

import type { StackGraph } from "./stack-graph";

/**
 * The graph as a Mermaid flowchart. Mermaid takes texts in quotes as they are, except for its own entities.
 *
 * @see https://mermaid.js.org/syntax/flowchart.html#special-characters-that-break-syntax
 */
export function asMermaid({ nodes, edges }: StackGraph): string {
  const ids = new Map(nodes.map(({ stack }, index) => [stack, `s${index}`]));
  return [
    "flowchart TB",
    ...nodes.map(
      ({ stack, resources }) => `  ${ids.get(stack)}["${[stack, ...resources].map(escaped).join("<br/>")}"]`,
    ),
    ...edges.map(
      ({ publisher, reader, outputs }) =>
        `  ${ids.get(publisher)} -->|"${outputs.map(escaped).join("<br/>")}"| ${ids.get(reader)}`,
    ),
    "",
  ].join("\n");
}

const escaped = (text: string): string =>
  text.replace(/[^\w .,/-]/gu, (character) => `#${character.codePointAt(0)};`);

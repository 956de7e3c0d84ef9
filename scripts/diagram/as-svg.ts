import { Graphviz } from "@hpcc-js/wasm-graphviz";
import { diagramStyle } from "../review/report/html/diagram-style";
import { printable } from "../review/report/printable";
import type { StackGraph } from "./stack-graph";

/**
 * The graph as an SVG element for an HTML page, which has {@link diagramStyle}. Graphviz lays it out, without a browser,
 * and escapes its texts.
 */
export async function svgElement(graph: StackGraph): Promise<string> {
  const graphviz = await Graphviz.load();
  const svg = graphviz.dot(asDot(graph));
  // The title of the graph and of each node and edge would be read aloud and shown as a tooltip; its texts say the same.
  return svg
    .slice(svg.indexOf("<svg"))
    .replace(/<!--.*?-->\n?/gs, "")
    .replace(/<title>.*?<\/title>\n?/gs, "")
    .replace(
      "<svg ",
      '<svg class="diagram" role="img" aria-label="Stacks, and the outputs that they read from each other" ',
    )
    .trim();
}

/** The graph as an SVG file, for light and dark. */
export async function svgFile(graph: StackGraph): Promise<string> {
  const svg = await svgElement(graph);
  const end = svg.indexOf(">") + 1;
  return `${svg.slice(0, end)}\n<style>${diagramStyle}</style>${svg.slice(end)}\n`;
}

/**
 * Fonts with a fixed width are as wide as Graphviz takes them to be, whichever of them the viewer has.
 *
 * @see https://graphviz.org/doc/info/lang.html
 */
function asDot({ nodes, edges }: StackGraph): string {
  return [
    "digraph {",
    '  graph [bgcolor="transparent", rankdir=TB, nodesep=0.4, ranksep=0.6]',
    '  node [shape=box, style=rounded, fontname="Courier", fontsize=12, margin="0.18,0.1"]',
    '  edge [fontname="Courier", fontsize=10, arrowsize=0.7]',
    ...nodes.map(
      ({ stack, resources }) =>
        `  ${quoted(stack)} [label=${quotedLines([stack, ...resources])}, class="stack"]`,
    ),
    ...edges.map(
      ({ publisher, reader, outputs }) =>
        `  ${quoted(publisher)} -> ${quoted(reader)} [label=${quotedLines(outputs)}]`,
    ),
    "}",
  ].join("\n");
}

/** Graphviz reads entities in texts, and backslashes before letters. */
const escaped = (text: string): string =>
  printable(text).replaceAll("&", "&amp;").replaceAll("\\", "\\\\").replaceAll('"', '\\"');

const quoted = (text: string): string => `"${escaped(text)}"`;

/** Each line to the left. */
const quotedLines = (lines: readonly string[]): string =>
  `"${lines.map((line) => `${escaped(line)}\\l`).join("")}"`;

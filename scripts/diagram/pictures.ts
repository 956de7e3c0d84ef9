import type { Environment } from "../../environments/plan/environment";
import { stacksOf } from "../../environments/plan/stacks";
import type { Picture } from "../review/report/html/picture";
import type { Stacks } from "../review/revisions/stack-json";
import { markdownPage } from "./as-markdown";
import { asMermaid } from "./as-mermaid";
import { svgElement, svgFile } from "./as-svg";
import { repositoryMatrix } from "./repository-matrix";
import { type StackGraph, stackGraph } from "./stack-graph";

/** Every format of a diagram. */
export const diagramFormats = ["mermaid", "svg", "markdown"] as const;

export type DiagramFormat = (typeof diagramFormats)[number];

/** The stacks that an environment deploys, with what they read from each other. @param stacks of every environment */
export function graphOf(environment: Environment, stacks: Stacks): StackGraph {
  const names = stacksOf(environment).map(({ stack }) => stack);
  return stackGraph(
    Object.fromEntries(names.flatMap((name) => (stacks[name] ? [[name, stacks[name]]] : []))),
  );
}

/** The diagram of an environment in one format. */
export async function diagram(
  format: DiagramFormat,
  environment: Environment,
  { environments, stacks }: { readonly environments: readonly Environment[]; readonly stacks: Stacks },
): Promise<string> {
  const graph = graphOf(environment, stacks);
  if (format === "svg") return svgFile(graph);
  if (format === "mermaid") return asMermaid(graph);
  return markdownPage(environment.name, graph, repositoryMatrix(environment, environments));
}

/** What the page of a review shows of each environment. */
export async function pictures(environments: readonly Environment[], stacks: Stacks): Promise<Picture[]> {
  const all: Picture[] = [];
  for (const environment of environments)
    all.push({
      environment: environment.name,
      svg: await svgElement(graphOf(environment, stacks)),
      repositories: repositoryMatrix(environment, environments),
    });
  return all;
}

/** The folder of the committed diagrams. */
export const diagramFolder = "docs/diagrams";

/** The files in it for all environments: contents by path. */
export async function diagramFiles(
  environments: readonly Environment[],
  stacks: Stacks,
): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const environment of environments) {
    const all = { environments, stacks };
    files[`${diagramFolder}/${environment.name}.md`] = await diagram("markdown", environment, all);
    files[`${diagramFolder}/${environment.name}.svg`] = await diagram("svg", environment, all);
  }
  return files;
}

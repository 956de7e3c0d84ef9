import { definitions } from "../../../environments/all";
import { loadProject } from "../../../environments/load";
import { diagramFiles } from "../../../scripts/diagram/pictures";
import { projectStacks } from "../../../scripts/runner/project-stacks";

/** The diagrams that docs/diagrams should have, of `environments/`: contents by path. */
export function currentDiagrams(): Promise<Record<string, string>> {
  const project = loadProject(definitions, {});
  return diagramFiles(project.environments, projectStacks(project));
}

import { definitions } from "../../environments/all";
import { loadProject, type Project } from "../../environments/load";
import { unlistedEnvironments } from "./unlisted-environments";

/**
 * The project of the environment files: every environment that `environments/all.ts` lists.
 *
 * @throws ConfigurationError with every problem found, among them files with an environment that is not listed
 */
export function listedProject(): Project {
  return loadProject(definitions, undefined, unlistedEnvironments(definitions));
}

import type { Definition } from "../../../environments/environment";
import { loadEnvironments } from "../../../environments/load";

/** Everything that is wrong with environment files, one line each; empty when nothing is. */
export function messageOf(...given: Parameters<typeof loadEnvironments>): string {
  try {
    loadEnvironments(...given);
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

/** The same as lines. */
export const problemsIn = (definitions: Readonly<Record<string, Definition>>, version?: string): string[] =>
  messageOf(definitions, version).split("\n").filter(Boolean);

import { relative, sep } from "node:path";

/** The path of a file or folder in the project, e.g. `layers/state.ts`. Tests run in the project's folder. */
export const pathInProject = (full: string): string => relative(process.cwd(), full).split(sep).join("/");

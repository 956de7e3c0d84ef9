import { afterAll } from "vitest";
import { observedBy } from "./observe";
import type { Observed } from "./observed";
import { pathInProject } from "./path-in-project";

declare module "vitest" {
  interface TaskMeta {
    /** Of a file: what was loaded and read from the end of the one before in the same process. */
    observed?: Observed;
  }
}

// Registered before every other hook, so it runs after them.
// biome-ignore lint/correctness/noEmptyPattern: vitest reads from this parameter which fixtures the hook needs.
afterAll(({}, file) => {
  file.meta.observed = observedBy(pathInProject(file.file.filepath));
});

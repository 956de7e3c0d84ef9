import { type RunnerTestSuite, TestRunner } from "vitest";
import { observedBy } from "./observe";
import type { Observed } from "./observed";
import { pathInProject } from "./path-in-project";

declare module "vitest" {
  interface TaskMeta {
    /** Of a file: what was loaded and read since the previous file in the same process ended. */
    observed?: Observed;
  }
}

/** Runs tests as vitest does, and records what each file was seen to use. */
export default class RecordingRunner extends TestRunner {
  /** vitest calls this last for a file, after all hooks of the file. */
  override async onAfterRunSuite(suite: RunnerTestSuite): Promise<void> {
    await super.onAfterRunSuite(suite);
    if (suite.file === suite) suite.meta.observed = observedBy(pathInProject(suite.file.filepath));
  }
}

import { type RunnerTestSuite, TestRunner } from "vitest";
import { observedBy } from "./observe";
import type { Observed } from "./observed";
import { pathInProject } from "./path-in-project";

declare module "vitest" {
  interface TaskMeta {
    /** Of a file: what was loaded and read from the end of the one before in the same process. */
    observed?: Observed;
  }
}

/** Runs tests as vitest does, and keeps what each file was seen to use. */
export default class RecordingRunner extends TestRunner {
  /** The last that runs for a file, after all of its hooks. */
  override async onAfterRunSuite(suite: RunnerTestSuite): Promise<void> {
    await super.onAfterRunSuite(suite);
    if (suite.file === suite) suite.meta.observed = observedBy(pathInProject(suite.file.filepath));
  }
}

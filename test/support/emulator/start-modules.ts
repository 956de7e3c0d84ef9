import { createRequire } from "node:module";

const require = createRequire(__filename);

/** Two fingerprints of the contents of a project's sources, and whether a file of it holds a user's environments. */
export const { fingerprints, isEnvironmentData } = require("../../../start/fingerprint.cjs") as {
  fingerprints(project: string): { readonly code: string; readonly sources: string };
  isEnvironmentData(path: string): boolean;
};

/**
 * What the compiler knows of a project, how it learns that something else has compiled environment files, and the folder of
 * its last check of these alone, which a check of everything deletes.
 */
export const { buildInfoIn, distrustEnvironmentOutputs, environmentsFolderIn } =
  require("../../../start/checked-files.cjs") as {
    buildInfoIn(project: string): string;
    distrustEnvironmentOutputs(project: string): void;
    environmentsFolderIn(project: string): string;
  };

/** Where npm installs TypeScript's compiler, which is a native program. */
export const { nativeCompiler } = require("../../../start/compiler.cjs") as {
  nativeCompiler(project: string): { readonly executable: string };
};

/** Whether sources have passed the type check, and how to record it. */
export const { isChecked, recordCheck } = require("../../../start/type-check-record.cjs") as {
  isChecked(project: string, sources: string): boolean;
  recordCheck(project: string, passed: Passed, started: number): void;
};

interface Passed {
  readonly sources: string | undefined;
  readonly code: string;
  readonly list: string | undefined;
}

/** Whether files may have changed since a time, and how the files of a cache are read and written. */
export const { changedSince } = require("../../../start/file-stamps.cjs") as {
  changedSince(paths: readonly string[], started: number): boolean;
};
export const { readJson } = require("../../../start/json-file.cjs") as { readJson(path: string): unknown };
export const { writeWhole } = require("../../../start/write-whole.cjs") as {
  writeWhole(path: string, content: string): boolean;
};

/** The text of the list of environments, if it allows a check of environment files alone. */
export const { textOfList } = require("../../../start/environment-check.cjs") as {
  textOfList(project: string): string | undefined;
};

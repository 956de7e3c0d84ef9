import type { WarningName } from "../options/exceptions";

/** A valid setting that can have unexpected effects. */
export interface Warning {
  readonly warning: WarningName;
  readonly path: readonly PropertyKey[];
  /**
   * Short name of the repository or cache, or full name of an unmanaged repository; `undefined` for the environment.
   */
  readonly repository?: string;
  readonly text: string;
}

/** A warning that several environments cause together, and the file that it is about. */
export type Located = Warning & { readonly file: string };

import { createRequire } from "node:module";

const require = createRequire(__filename);

/** Two fingerprints of the contents of a project's sources. */
export const { fingerprints } = require("../../../start/fingerprint.cjs") as {
  fingerprints(project: string): { readonly code: string; readonly sources: string };
};

/** Where npm installs TypeScript's compiler, which is a native program. */
export const { nativeCompiler } = require("../../../start/compiler.cjs") as {
  nativeCompiler(project: string): { readonly executable: string };
};

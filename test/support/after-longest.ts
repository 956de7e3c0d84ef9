import { createRequire } from "node:module";
import { expect } from "vitest";
import { longest } from "./tiers.json";

const { lowerPriority } = createRequire(__filename)("./lower-priority.cjs") as {
  lowerPriority(priority: number): void;
};

/**
 * The longest file of the commands starts first, and `npm test` ends when it ends. The other three processes let it go
 * first, and so does what they start, which takes their priority.
 */
const file = expect.getState().testPath ?? "";
if (!longest.some((name) => file.endsWith(`/${name}`) && name.startsWith("test/emulator/"))) lowerPriority(3);

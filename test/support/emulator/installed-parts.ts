import type { TestProject } from "vitest/node";
import { missingParts } from "../../../emulator/installation";

declare module "vitest" {
  interface ProvidedContext {
    /** What the tests with real Terraform need and this machine lacks, each with how to install it. */
    missingParts: readonly string[];
  }
}

/** Look once for the parts: starting each of them takes more than a second of CPU time. */
export default function setup({ provide }: TestProject): void {
  provide("missingParts", missingParts());
}

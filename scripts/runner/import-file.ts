import { rmSync } from "node:fs";
import { join } from "node:path";

/** The file of import blocks in the folder of a stack. Terraform reads it beside the stack's JSON. */
export const importFile = (directory: string): string => join(directory, "imports.tf.json");

/** Remove the import blocks of a stack, e.g. because an apply has carried them out. */
export function removeImportFile(directory: string): void {
  rmSync(importFile(directory), { force: true });
}

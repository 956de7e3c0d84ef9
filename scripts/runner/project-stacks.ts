import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeStacks } from "../../app";
import type { Project } from "../../environments/load";
import type { Stacks } from "../review/revisions/stack-json";
import { writtenStacks } from "./written-stacks";

/** The stacks of a project, by name. They are written to another folder than that of `npm run synth`. */
export function projectStacks(project: Project): Stacks {
  const outdir = mkdtempSync(join(tmpdir(), "stacks-"));
  try {
    writeStacks(project, outdir);
    return writtenStacks(outdir);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

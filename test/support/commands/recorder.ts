import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Workspace } from "../emulator/workspace";

/** One start of Terraform. */
export interface Start {
  readonly args: string;
  /** Value of CHECKPOINT_DISABLE. */
  readonly checkpoint: string;
}

/**
 * Stands in front of Terraform: notes every start, then does what a line of shell says, by default running the real
 * Terraform.
 *
 * @param act shell that may look at `$args`, e.g. to be killed at an apply
 */
export function recordTerraform(workspace: Workspace, act = "") {
  const script = join(workspace.folder, "terraform-recorder");
  const log = join(workspace.folder, "terraform-starts");
  writeFileSync(
    script,
    `#!/bin/sh\nargs="$*"\nprintf '%s\\t%s\\n' "$CHECKPOINT_DISABLE" "$args" >> "${log}"\n${act}\nexec terraform "$@"\n`,
  );
  chmodSync(script, 0o755);
  writeFileSync(log, "");
  return {
    variables: { TERRAFORM_BINARY_NAME: script, CHECKPOINT_DISABLE: undefined },
    /** Every start so far. */
    starts(): Start[] {
      if (!existsSync(log)) return [];
      const lines = readFileSync(log, "utf8").split("\n").filter(Boolean);
      return lines.map((line) => {
        const [checkpoint = "", args = ""] = line.split("\t");
        return { checkpoint, args };
      });
    },
  };
}

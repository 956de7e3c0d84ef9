import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Workspace } from "../emulator/workspace";

/** What stands in for Terraform does at each command, in shell. */
export interface Planned {
  /** Exit code of the plan: 2 with changes. @default 2 */
  readonly code?: number;
  /** A file that holds what `terraform show -json` prints, or what else `show` does, in shell. */
  readonly show?: string;
  /** @default "exit 0" */
  readonly apply?: string;
}

/** A plan by the real Terraform that loses repositories, keys, a bucket and secrets. */
export const losingPlan = resolve(__dirname, "../review/aws-5.100.0-plan.json");

/** Shell for the recorder: a plan saves its file, as Terraform does also for a plan that it refuses. */
export function planned({ code = 2, show = showing(losingPlan), apply = "exit 0" }: Planned = {}): string {
  return `case "$2" in
init) exit 0;;
plan) echo secret > "\${1#-chdir=}/\${args##*-out=}"; exit ${code};;
show) ${show};;
apply) ${apply};;
esac`;
}

export const showing = (file: string): string => `cat "${file}"; exit 0`;

/** Saved plans that lie in the folders of the stacks, as `folder/file`. */
export function savedPlans({ folder }: Workspace): string[] {
  const stacks = join(folder, "cdktf.out/stacks");
  const files = readdirSync(stacks, { recursive: true, encoding: "utf8" });
  return files.filter((file) => file.endsWith(".tfplan"));
}

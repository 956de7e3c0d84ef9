import type { ITerraformDependable } from "cdktf";
import type { FilesVolume } from "./files-volume";

/** The volumes of a task that outlive it. */
export interface TaskVolumes {
  readonly volumes: readonly FilesVolume[];
  /** Let the tasks in. @param groupId their security group @returns what must exist before a task mounts the volumes */
  admit(groupId: string): readonly ITerraformDependable[];
}

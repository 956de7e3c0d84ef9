import type { UncheckedEcsService } from "../options/ecs";
import type { RuleContext } from "../schema/rule";

/**
 * The agent of ECS Exec writes files in the container.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
 */
export function execRules(
  { exec, readonlyRootFilesystem }: UncheckedEcsService,
  { problem }: RuleContext,
): void {
  if (exec === true && readonlyRootFilesystem !== false)
    problem(
      ["exec"],
      exec,
      "ECS Exec writes to the root file system of the container, which is read-only by default; set readonlyRootFilesystem: false, or remove exec",
    );
}

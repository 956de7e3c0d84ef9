import type { Environment } from "../../environments/plan/environment";
import { type Loss, resourceLabel } from "./plan-review";

/** The settings that turn off an environment's protection, to follow the word "set". */
export function protectionOverride({ file, tier }: Environment): string {
  const exception =
    tier === "production" ? ' with a productionExceptions entry for rule "deletion-protection"' : "";
  return `deletionProtection: false in ${file}${exception}`;
}

/**
 * Why a deploy stops before it applies a stack, and how to allow it; `undefined` if it does not stop.
 *
 * Terraform's prevent_destroy does not protect a resource that is removed from the configuration, because it is removed
 * with the resource.
 */
export function deletionBlock(
  environment: Environment,
  stack: string,
  losses: readonly Loss[],
): string | undefined {
  if (!environment.deletionProtection || losses.length === 0) return undefined;
  return [
    `${environment.name} is protected from deletion, and the plan for ${stack} would destroy or replace:`,
    ...losses.map((loss) => `  ${resourceLabel(loss)}`),
    `To allow it, set ${protectionOverride(environment)}, and rerun the command.`,
  ].join("\n");
}

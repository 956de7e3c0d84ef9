import type { Environment } from "../../environments/plan/environment";
import { called, type Loss } from "./plan-review";

/** How the protection of an environment is taken away, to follow "write". */
export function withoutProtection({ file, tier }: Environment): string {
  const exception =
    tier === "production" ? ' with a productionExceptions entry for rule "deletion-protection"' : "";
  return `deletionProtection: false in ${file}${exception}`;
}

/**
 * Why a deploy stops before a stack, and how to allow it; `undefined` when it does not stop.
 *
 * Terraform's own prevent_destroy does not cover what is taken out of the configuration: it goes together with it.
 */
export function deletionBlock(
  environment: Environment,
  stack: string,
  losses: readonly Loss[],
): string | undefined {
  if (!environment.deletionProtection || losses.length === 0) return undefined;
  return [
    `${environment.name} is protected from deletion, and the plan of ${stack} would destroy or replace:`,
    ...losses.map((loss) => `  ${called(loss)}`),
    `To allow it, write ${withoutProtection(environment)}, and run the command again.`,
  ].join("\n");
}

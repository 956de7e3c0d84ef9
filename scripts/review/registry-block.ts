import type { Environment } from "../../environments/plan/environment";
import type { RegistryLoss } from "./registry-loss";

/** The flag that allows a deploy to take registry settings away from others. */
export const acceptRegistryLosses = "--accept-registry-losses";

/**
 * Why a deploy stops before it takes registry settings away from another environment or team; `undefined` if it takes
 * none. What the deployed environment itself loses is in its own file.
 */
export function registryBlock(
  environment: Environment,
  stack: string,
  losses: readonly RegistryLoss[],
): string | undefined {
  const others = losses.filter(({ own }) => !own);
  if (others.length === 0) return undefined;
  return [
    `The plan for ${stack} removes registry settings that do not belong to ${environment.name}:`,
    ...others.map(({ name, text }) => `  ${name}: ${text}`),
    "If an environment is missing, restore its line in environments/all.ts. Declare repositories of other teams in ecr.unmanagedRepositories, or include what their projects export in ecr.registryRequests.",
    `To deploy anyway, add ${acceptRegistryLosses}.`,
  ].join("\n");
}

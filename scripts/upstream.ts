import { securityContract } from "../layers/security.contract";
import { CommandError } from "./command";
import { init, outputsIn, type Stack } from "./stack";

/**
 * Compute reads what security publishes. Terraform would say so too, in many words and for each value.
 *
 * @param selection the stacks of this run
 * @param all the stacks of the environment
 * @throws CommandError when compute is among the selection and security has published nothing yet
 */
export async function requireSecurity(selection: readonly Stack[], all: readonly Stack[]): Promise<void> {
  const security = all.find(({ layer }) => layer === "security");
  if (security === undefined || !selection.some(({ layer }) => layer === "compute")) return;
  await init(security);
  const outputs = await outputsIn(security);
  const missing = Object.keys(securityContract).filter((name) => !outputs.includes(name));
  if (missing.length > 0)
    throw new CommandError(
      `The compute layer needs what ${security.stack} publishes (missing: ${missing.join(", ")}); deploy it first: npm run deploy -- ${security.environment.name} --layer security`,
    );
}

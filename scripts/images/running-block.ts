import type { Environment } from "../../environments/plan/environment";
import type { StackJson } from "../review/revisions/stack-json";
import type { TerraformPlan } from "../review/terraform-plan";
import { awsAnswers, type RunningQuestions, runningLosses, runningLossesBlock } from "./running-losses";

/**
 * Ask what runs before a plan is applied, and print what was not seen. Why the plan must not be applied; `undefined` if its
 * lifecycle policies remove no image that runs, or if somebody accepts it.
 *
 * @param declared what the stack declares
 * @param accepted whether changed lifecycle policies may remove images that run
 * @param ask default: AWS
 */
export async function runningBlock(
  { stack, environment }: { readonly stack: string; readonly environment: Environment },
  plan: TerraformPlan,
  declared: StackJson,
  accepted: boolean,
  ask: RunningQuestions = awsAnswers(),
): Promise<string | undefined> {
  const running = await runningLosses(environment, declared, plan, ask, new Date());
  for (const line of running.unseen) process.stdout.write(`Images that run: ${line}\n`);
  return accepted ? undefined : runningLossesBlock(environment, stack, running);
}

import type { Definition } from "../../environments/environment";
import type { EnvironmentInput } from "../../environments/options/environment";
import type { Environment } from "../../environments/plan/environment";
import { type RegistryPlan, registryPlans, usersOf } from "../../environments/plan/registry-plan";
import { requestsIn } from "../../environments/plan/registry-requests";
import { type Answers, bucketOf } from "./answers";

/** `state` of an environment file. */
export type StateOptions = EnvironmentInput["state"];

/** What a new environment has in common with those that exist. */
export interface Surroundings {
  readonly state: StateOptions;
  /** Whether its registry scans with Amazon Inspector. A registry has one kind of scanning. */
  readonly enhancedScanning: boolean;
}

/**
 * What a new environment takes from others. Alone in its registry, it has a state bucket of its own and basic scanning.
 *
 * @param definitions what `environments/all.ts` lists
 */
export function surroundingsOf(
  answers: Answers,
  definitions: Readonly<Record<string, Definition>>,
): Surroundings {
  const environments = Object.entries(definitions).flatMap(([file, one]): Environment[] =>
    one.ok ? [{ ...one.environment, file }] : [],
  );
  const plan = registryPlans(environments).find(
    ({ accountId, region }) => accountId === answers.accountId && region === answers.region,
  );
  return {
    state: stateOf(answers, environments, plan),
    enhancedScanning: plan !== undefined && requestsIn(plan).some(({ scanType }) => scanType === "ENHANCED"),
  };
}

/**
 * The registry's stack has one state, so the environments of a registry share a bucket. A bucket that another environment
 * has is not created again.
 */
function stateOf(
  answers: Answers,
  environments: readonly Environment[],
  plan: RegistryPlan | undefined,
): StateOptions {
  const bucket = bucketOf(answers);
  const shared = plan && usersOf(plan)[0].state;
  if (shared?.backend === "local") return { backend: "local" };
  const states = environments.map(({ state }) => state);
  const known = shared ?? states.find((state) => state.backend === "s3" && state.bucket === bucket);
  if (known?.backend !== "s3") return { backend: "s3", bucket };
  return {
    ...{ backend: "s3", bucket: answers.bucket ?? known.bucket, createBucket: false },
    ...(known.region !== answers.region && { region: known.region }),
    ...(shared !== undefined && known.keyPrefix !== answers.project && { keyPrefix: known.keyPrefix }),
    ...(known.kmsKeyArn !== undefined && { kmsKeyArn: known.kmsKeyArn }),
    ...(known.accountId !== answers.accountId && { accountId: known.accountId }),
  };
}

import type { Environment, S3State } from "../../plan/environment";
import { type RegistryPlan, usersOf } from "../../plan/registry-plan";
import { maxBucketPolicyBytes, stateGrants } from "../../plan/state-grants";
import type { Problem } from "../../schema/problem";
import { repeated } from "./repeated";

/** Environments that create the same state bucket as an earlier one. */
export function bucketsCreatedTwice(environments: readonly Environment[]): Problem[] {
  const creating = environments.filter(({ state }) => state.backend === "s3" && state.createBucket);
  return repeated(creating, ({ state }) => (state.backend === "s3" ? state.bucket : ""), sameBucket);
}

function sameBucket({ file, state }: Environment, earlier: Environment): Problem {
  return {
    file,
    path: ["state", "bucket"],
    found: state.backend === "s3" ? state.bucket : "",
    advice: `${earlier.file} also creates this bucket; set createBucket: false here or use another bucket`,
  };
}

/** A bucket is in one account and Region. {@link sharedState} compares environments that share a registry. */
export function sharedBuckets(environments: readonly Environment[]): Problem[] {
  return environments.flatMap((environment, index): Problem[] => {
    const { file, accountId, region, state } = environment;
    if (state.backend !== "s3") return [];
    const other = environments
      .slice(0, index)
      .find((earlier) => earlier.state.backend === "s3" && earlier.state.bucket === state.bucket);
    const sameRegistry = other?.accountId === accountId && other.region === region;
    if (other !== undefined && !sameRegistry && accountsDiffer(environment, other))
      return [
        {
          file,
          path: ["state", "accountId"],
          found: state.accountId,
          advice: `${other.file} has the account ${accountOf(other)} for the bucket ${state.bucket}; set the actual account of the bucket in both`,
        },
      ];
    if (other?.state.backend !== "s3" || sameRegistry || other.state.region === state.region) return [];
    return [
      {
        file,
        path: ["state", "region"],
        found: state.region,
        advice: `${other.file} specifies the Region ${other.state.region} for the bucket ${state.bucket}; set the actual Region of the bucket in both`,
      },
    ];
  });
}

const accountOf = ({ state }: Environment): string => (state.backend === "s3" ? state.accountId : "");

/** Whether one of two environments says that their bucket is in another account than the other has it in. */
function accountsDiffer(one: Environment, other: Environment): boolean {
  const isSaid = [one, other].some((environment) => accountOf(environment) !== environment.accountId);
  return isSaid && accountOf(one) !== accountOf(other);
}

/** The registry stack has one state, so all environments of a registry must use the same location. */
export function sharedState(plan: RegistryPlan): Problem[] {
  const [first, ...others] = usersOf(plan);
  const locationOf = (environment: Environment) =>
    environment.state.backend === "s3" ? s3Location(environment, environment.state) : "local";
  return others.flatMap((other): Problem[] =>
    locationOf(other) === locationOf(first)
      ? []
      : [
          {
            file: other.file,
            path: ["state"],
            found: locationOf(other),
            advice: `${sharing(first, other, plan)}, and stores the state of the shared registry in ${locationOf(first)}; use the same state in both (createBucket: false in one)`,
          },
        ],
  );
}

/** With account and role only where they are others than those of the environment, which `sharedDeployRole` compares. */
function s3Location({ accountId, deployRole }: Environment, state: S3State): string {
  const { bucket, keyPrefix, region, kmsKeyArn = "SSE-S3", role } = state;
  const elsewhere = state.accountId === accountId ? [] : [`account ${state.accountId}`];
  const roles = role === undefined || role.arn === deployRole?.arn ? [] : [role.arn, role.externalId ?? ""];
  return `s3://${bucket}/${keyPrefix} (${[region, kmsKeyArn, ...elsewhere, ...roles].join(", ")})`;
}

/** S3 refuses a longer bucket policy, with which the bootstrap lets other accounts reach their states. */
export function bucketPolicyProblems(environments: readonly Environment[]): Problem[] {
  return environments.flatMap(({ file, state }): Problem[] => {
    if (state.backend !== "s3" || !state.createBucket) return [];
    // The rest of the policy is shorter than this.
    const bytes = JSON.stringify(stateGrants(state.bucket, environments)).length + 500;
    if (bytes <= maxBucketPolicyBytes) return [];
    return [
      {
        file,
        path: ["state", "bucket"],
        found: state.bucket,
        advice: `its policy would have ${bytes} bytes for the environments of other accounts, and S3 allows ${maxBucketPolicyBytes}; use state.role in some of them, or another bucket`,
      },
    ];
  });
}

/** What makes two environments share a registry, as a clause. */
function sharing(first: Environment, other: Environment, { region }: RegistryPlan): string {
  if (other.region === first.region && first.region === region)
    return `${first.file} has the same account and Region`;
  return first.region === region
    ? `${first.file} has the registry in ${region} that this file has replicas in`
    : `${first.file} also has replicas in ${region} of the same account`;
}

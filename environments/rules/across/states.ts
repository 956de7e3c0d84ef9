import type { Environment } from "../../plan/environment";
import { type RegistryPlan, usersOf } from "../../plan/registry-plan";
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

/** A bucket is in one Region. {@link sharedState} compares environments that share a registry. */
export function sharedBuckets(environments: readonly Environment[]): Problem[] {
  return environments.flatMap(({ file, accountId, region, state }, index): Problem[] => {
    if (state.backend !== "s3") return [];
    const other = environments
      .slice(0, index)
      .find((earlier) => earlier.state.backend === "s3" && earlier.state.bucket === state.bucket);
    const sameRegistry = other?.accountId === accountId && other.region === region;
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

/** The registry stack has one state, so all environments of a registry must use the same location. */
export function sharedState(plan: RegistryPlan): Problem[] {
  const [first, ...others] = usersOf(plan);
  const locationOf = ({ state }: Environment) =>
    state.backend === "s3"
      ? `s3://${state.bucket}/${state.keyPrefix} (${state.region}, ${state.kmsKeyArn ?? "SSE-S3"})`
      : "local";
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

/** What makes two environments share a registry, as a clause. */
function sharing(first: Environment, other: Environment, { region }: RegistryPlan): string {
  if (other.region === first.region && first.region === region)
    return `${first.file} has the same account and Region`;
  return first.region === region
    ? `${first.file} has the registry in ${region} that this file has replicas in`
    : `${first.file} also has replicas in ${region} of the same account`;
}

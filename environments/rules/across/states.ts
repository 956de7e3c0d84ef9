import type { Environment } from "../../plan/environment";
import type { RegistryPlan } from "../../plan/registry";
import type { Problem } from "../../schema/problem";
import { repeated } from "./repeated";

/** Environments that create a state bucket which an earlier one creates too. */
export function bucketsCreatedTwice(environments: readonly Environment[]): Problem[] {
  const creating = environments.filter(({ state }) => state.backend === "s3" && state.createBucket);
  return repeated(creating, ({ state }) => (state.backend === "s3" ? state.bucket : ""), sameBucket);
}

function sameBucket({ file, state }: Environment, earlier: Environment): Problem {
  return {
    file,
    path: ["state", "createBucket"],
    found: true,
    advice: `${earlier.file} creates the bucket ${state.backend === "s3" ? state.bucket : ""} too; write createBucket: false here or name another bucket`,
  };
}

/** A bucket is in one Region, whoever names it. Environments of one registry are compared by {@link sharedState}. */
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
        advice: `${other.file} says that the bucket ${state.bucket} is in ${other.state.region}; write the Region where it is in both`,
      },
    ];
  });
}

/** The registry stack has one state, so the environments of a registry must agree where it is. */
export function sharedState({ environments }: RegistryPlan): Problem[] {
  const [first, ...others] = environments;
  const place = ({ state }: Environment) =>
    state.backend === "s3"
      ? `s3://${state.bucket}/${state.keyPrefix} (${state.region}, ${state.kmsKeyArn ?? "SSE-S3"})`
      : "local";
  return others.flatMap((other): Problem[] =>
    first === undefined || place(other) === place(first)
      ? []
      : [
          {
            file: other.file,
            path: ["state"],
            found: place(other),
            advice: `${first.file} has the same account and Region, and the state of their registry is in ${place(first)}; use the same state in both (createBucket: false in one)`,
          },
        ],
  );
}

import { partitionOf } from "../../modules/iam/aws-partition";
import { isRegion } from "../../modules/iam/aws-regions";
import { newBucketNameProblem } from "../../modules/state/bucket-name";
import { registryStackName, stackName } from "../naming";
import type { UncheckedEnvironment } from "../options/environment";
import { stateKey } from "../plan/stacks";
import type { RuleContext } from "../schema/rule";
import { environmentAddressOf } from "./sections";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
const maxKeyBytes = 1024;

/** Terraform adds this to the key of a state for the key of its lock. */
const lockSuffix = ".tflock";

/** Rules for the location of the state. */
export function stateRules(environment: UncheckedEnvironment, context: RuleContext): void {
  const { state } = environment;
  if (state?.backend !== "s3") return;
  const { problem } = context.at("state");
  const { bucket, createBucket = true, keyPrefix } = state;
  otherPartition(environment, state.region, context.at("state"));
  const advice = typeof bucket === "string" && createBucket ? newBucketNameProblem(bucket) : undefined;
  if (advice !== undefined) problem(["bucket"], bucket, advice);
  const address = environmentAddressOf(environment);
  if (address === undefined || typeof keyPrefix !== "string") return;
  const stacks = [registryStackName(address), stackName("security", address)];
  const keys = stacks.map((stack) => `${stateKey({ keyPrefix }, stack)}${lockSuffix}`);
  const excess = Math.max(...keys.map((key) => new TextEncoder().encode(key).length)) - maxKeyBytes;
  if (excess > 0)
    problem(
      ["keyPrefix"],
      keyPrefix,
      `a key in S3 has at most ${maxKeyBytes} bytes, including the name of the stack; shorten the prefix by ${excess}`,
    );
}

/** The schema reports a value that is no Region. */
function otherPartition(
  { region }: UncheckedEnvironment,
  stateRegion: string | undefined,
  { problem }: RuleContext,
): void {
  if (!isRegion(region) || !isRegion(stateRegion) || partitionOf(region) === partitionOf(stateRegion)) return;
  problem(
    ["region"],
    stateRegion,
    `credentials are valid in one partition; use a Region in the partition ${partitionOf(region)}`,
  );
}

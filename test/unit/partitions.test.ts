import { expect, test } from "vitest";
import { partitionFor } from "../../modules/iam/aws-regions";
import { everyOptionContext } from "../support/environments/every-option";
import { oneOfEverything } from "../support/environments/one-partition";
import { type StackJson, synth } from "../support/synth";

/** A Region of each partition, and one to replicate to if the partition has another. */
const regions = [
  ["eu-west-1", "eu-west-2"],
  ["cn-north-1", "cn-northwest-1"],
  ["us-gov-west-1", "us-gov-east-1"],
  ["eusc-de-east-1", undefined],
  ["us-iso-east-1", "us-iso-west-1"],
  ["us-isob-east-1", "us-isob-west-1"],
  ["eu-isoe-west-1", undefined],
  ["us-isof-south-1", "us-isof-east-1"],
] as const;

/** Every host, ARN, principal and Region in a stack's JSON, each once, also of the policies in it. */
function namesIn(json: StackJson): string[] {
  const text = JSON.stringify(json).replaceAll("\\", "");
  const names = text.matchAll(
    /arn:[a-z-]+:[^"'\s,}]*|(?:[\w*$.{}-]+\.)?(?:amazonaws|on\.aws|c2s|sc2s|adc-e|csp\.hci|amazonwebservices)[\w.*-]*(?=["'/:])/g,
  );
  return [...new Set([...names].map(([name]) => name))].toSorted();
}

const stacksIn = (region: string, replicas: string | undefined) =>
  synth(oneOfEverything(region, replicas), everyOptionContext);

test.each(regions)("the names in all stacks in %s", async (region, replicas) => {
  const stacks = stacksIn(region, replicas);
  const text = Object.entries(stacks)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([name, json]) =>
        `${name}\n${namesIn(json)
          .map((one) => `  ${one}\n`)
          .join("")}`,
    )
    .join("\n");

  await expect(text).toMatchFileSnapshot(`partitions/${partitionFor(region).id}.txt`);
});

test.each(regions)("no stack in %s names another partition", (region, replicas) => {
  const { id } = partitionFor(region);
  const arns = Object.values(stacksIn(region, replicas))
    .flatMap(namesIn)
    .filter((name) => name.startsWith("arn:"));

  expect(arns.length).toBeGreaterThan(20);
  expect(arns.filter((arn) => !arn.startsWith(`arn:${id}:`))).toEqual([]);
});

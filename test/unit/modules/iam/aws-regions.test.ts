import endpoints from "@aws-sdk/util-endpoints/dist-cjs/lib/aws/partitions.json";
import { expect, test } from "vitest";
import {
  isRegion,
  isUnlisted,
  newerRegions,
  partitionFor,
  regionAdvice,
  regions,
} from "../../../../modules/iam/aws-regions";

/** What Terraform 1.11.4 and AWS provider 5.100.0 accept without skip_region_validation. Tried one by one. */
const listedByTerraform =
  `af-south-1 ap-east-1 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2
  ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-7 ca-central-1 ca-west-1 cn-north-1 cn-northwest-1 eu-central-1
  eu-central-2 eu-isoe-west-1 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3 il-central-1 me-central-1
  me-south-1 mx-central-1 sa-east-1 us-east-1 us-east-2 us-gov-east-1 us-gov-west-1 us-iso-east-1 us-iso-west-1
  us-isob-east-1 us-isof-east-1 us-isof-south-1 us-west-1 us-west-2`.split(/\s+/);

test("every Region is listed by the oldest Terraform and provider, or known not to be", () => {
  expect(regions.filter((region) => !isUnlisted(region))).toEqual(listedByTerraform);
});

test("a Region that the SDK's data has come to contain is no longer added", () => {
  const contained = endpoints.partitions.flatMap((partition) => Object.keys(partition.regions));

  expect(newerRegions.filter((region) => contained.includes(region))).toEqual([]);
});

test("the pattern of exactly one partition matches each Region: its own", () => {
  const own = endpoints.partitions.flatMap(({ id, regions: named }) =>
    Object.keys(named).map((region) => [region, id] as const),
  );
  for (const [region, id] of own.filter(([name]) => isRegion(name))) {
    const matching = endpoints.partitions.filter(({ regionRegex }) => new RegExp(regionRegex).test(region));

    expect([region, matching.map((partition) => partition.id)]).toEqual([region, [id]]);
    expect([region, partitionFor(region).id]).toEqual([region, id]);
  }
});

test.each([
  ["eusc-de-east-1", "aws-eusc", "amazonaws.eu"],
  ["us-iso-east-1", "aws-iso", "c2s.ic.gov"],
  ["us-isob-west-1", "aws-iso-b", "sc2s.sgov.gov"],
  ["eu-isoe-west-1", "aws-iso-e", "cloud.adc-e.uk"],
  ["us-isof-south-1", "aws-iso-f", "csp.hci.ic.gov"],
  ["sa-west-1", "aws", "amazonaws.com"],
])("%s is in the partition %s with the domain %s", (region, id, dnsSuffix) => {
  expect(partitionFor(region)).toEqual({ id, dnsSuffix });
});

test.each([
  ["eu-east-1", 'did you mean "eu-west-1"?'],
  ["us-east-9", 'did you mean "us-east-1"?'],
  ["us-west-3", 'did you mean "us-west-1"?'],
  ["us-east-1a", 'did you mean "us-east-1"?'],
  ["US-EAST-2", 'did you mean "us-east-2"?'],
  ["us_gov_west_2", 'did you mean "us-gov-west-1"?'],
  ["eusc-de-west-1", 'did you mean "eusc-de-east-1"?'],
  ["cn-northwest-2", 'did you mean "cn-northwest-1"?'],
  ["af-northwest-7", "choose from af-south-1"],
  ["aws-global", 'use a code such as "us-east-1" or "eu-west-1"'],
  ["Ireland", 'use a code such as "us-east-1" or "eu-west-1"'],
  ["", 'use a code such as "us-east-1" or "eu-west-1"'],
  [undefined, 'use a code such as "us-east-1" or "eu-west-1"'],
])("%j is no Region", (value, choice) => {
  expect(isRegion(value)).toBe(false);
  expect(regionAdvice(value)).toBe(`this must be an AWS Region code; ${choice}`);
});

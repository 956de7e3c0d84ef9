import { expect, test } from "vitest";
import { importId } from "../../../../scripts/imports/import-id";
import { placeOf, providerPlaces } from "../../../../scripts/imports/provider-place";

const places = providerPlaces(
  [
    { region: "us-east-1", default_tags: [{ tags: { Layer: "replicas" } }] },
    { alias: "us_west_2", region: "us-west-2", default_tags: [{ tags: { Layer: "west" } }] },
    { alias: "elsewhere" },
  ],
  "us-east-1",
);

test("a resource is where its provider configuration creates it", () => {
  expect(placeOf({}, places)).toEqual({ region: "us-east-1", tags: { Layer: "replicas" } });
  expect(placeOf({ provider: "aws.us_west_2" }, places)).toEqual({
    region: "us-west-2",
    tags: { Layer: "west" },
  });
});

test("a configuration without a Region has that of the stack, and one that is not there is unknown", () => {
  expect(placeOf({ provider: "aws.elsewhere" }, places)).toEqual({ region: "us-east-1", tags: {} });
  expect(placeOf({ provider: "aws.missing" }, places)).toBeUndefined();
});

test("import IDs with a Region have that of the resource", () => {
  const resources = {
    aws_sns_topic: { here: { name: "a" }, there: { name: "a", provider: "aws.us_west_2" } },
  };
  const declared = {
    resources,
    account: { partition: "aws", accountId: "111122223333", region: "us-east-1" },
    places,
    known: new Map(),
  };

  expect(["here", "there"].map((name) => importId(`aws_sns_topic.${name}`, declared))).toEqual([
    "arn:aws:sns:us-east-1:111122223333:a",
    "arn:aws:sns:us-west-2:111122223333:a",
  ]);
});

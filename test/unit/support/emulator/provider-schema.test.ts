import { expect, test } from "vitest";
import { trimSchema } from "../../../support/emulator/provider-schema";

/** A field of the protobuf wire type "length-delimited". */
function field(number: number, content: Buffer | string): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([varint(number * 8 + 2), varint(bytes.length), bytes]);
}

function varint(value: number): Buffer {
  return value < 0x80
    ? Buffer.from([value])
    : Buffer.concat([Buffer.from([(value % 0x80) + 0x80]), varint(Math.floor(value / 0x80))]);
}

const entry = (map: number, key: string, schema = "schema") =>
  field(map, Buffer.concat([field(1, key), field(2, schema)]));

const [provider, meta, capabilities] = [field(1, "provider"), field(5, "meta"), field(6, "capabilities")];
const used = {
  resources: new Set(["aws_vpc", "aws_subnet"]),
  dataSources: new Set(["aws_subnet"]),
};
const trimmed = (...fields: Buffer[]) => trimSchema(Buffer.concat(fields), used);

test("used resource types and data sources stay, each by its own list", () => {
  const [vpc, subnet, subnetData] = [entry(2, "aws_vpc"), entry(2, "aws_subnet"), entry(3, "aws_subnet")];

  const message = trimmed(vpc, entry(2, "aws_eip"), subnet, entry(3, "aws_vpc"), subnetData);

  expect(message).toEqual(Buffer.concat([vpc, subnet, subnetData]));
});

test("functions and ephemeral resources go, also when a resource type has their name", () => {
  expect(trimmed(entry(7, "arn_parse"), entry(8, "aws_vpc"))).toEqual(Buffer.alloc(0));
});

test("everything else keeps its bytes and its order", () => {
  const [diagnostic, unknown] = [field(4, "diagnostic"), field(99, "of a later version")];

  const message = trimmed(provider, entry(2, "aws_eip"), diagnostic, meta, capabilities, unknown);

  expect(message).toEqual(Buffer.concat([provider, diagnostic, meta, capabilities, unknown]));
});

test("the key of an entry may come after its schema, and its schema may be long", () => {
  const late = field(2, Buffer.concat([field(2, "x".repeat(300)), field(1, "aws_vpc")]));

  expect(trimmed(late, entry(2, "aws_eip", "x".repeat(300)))).toEqual(late);
});

test.each([
  ["a number", Buffer.from([0x08, 1]), "field 1 at byte 0 has wire type 0"],
  ["a field that is cut off", entry(2, "aws_vpc").subarray(0, -1), "field 2 ends at byte 19 of 18"],
  ["a length that is cut off", Buffer.from([0x0a, 0x80]), "it ends inside the number at byte 1"],
])("fails for %s", (_, message, reason) => {
  expect(() => trimmed(message)).toThrow(`Not a provider schema: ${reason}`);
});

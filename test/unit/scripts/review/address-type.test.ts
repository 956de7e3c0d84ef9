import { expect, test } from "vitest";
import { typeOf } from "../../../../scripts/review/address-type";

test.each([
  ["aws_kms_key.images", "aws_kms_key"],
  ["aws_kms_key.images[0]", "aws_kms_key"],
  ['aws_kms_key.images["a.aws_iam_role.b"]', "aws_kms_key"],
  ['module.a["x\\"].y"].module.b[1].aws_kms_key.images["z"]', "aws_kms_key"],
  ["data.aws_vpc.main", "aws_vpc"],
  ["stack", ""],
])("%s is of type %j", (address, type) => {
  expect(typeOf(address)).toBe(type);
});

import { expect, test } from "vitest";
import { loadEnvironments } from "../../../environments/load";
import type { Environment } from "../../../environments/plan/environment";
import {
  kmsKeyArn,
  regionalKmsKeyArn,
  roleArn,
  secretArn,
  subnetId,
  type ValueKind,
  vpcCidr,
  vpcId,
} from "../../../layers/value-kind";
import { minimal, only } from "../../support/environments/minimal";

const [environment] = loadEnvironments(only(minimal)) as [Environment];

const key = "arn:aws:kms:eu-west-1:111122223333:key/";
const role = "arn:aws:iam::111122223333:role/acme/test/";
const secret = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:";
const uuid = "0543c23a-d963-4704-92f1-d54b662f67d8";

interface Values {
  readonly kind: ValueKind;
  readonly right: readonly string[];
  readonly wrong: readonly string[];
}

const kinds: Readonly<Record<string, Values>> = {
  "a key": {
    kind: kmsKeyArn,
    right: [`${key}${uuid}`, `${key}mrk-1234abcd12ab34cd56ef1234567890ab`],
    wrong: [
      "alias/foo",
      uuid,
      key,
      `${key}${uuid}\n`,
      ` ${key}${uuid}`,
      `${key}${uuid}/x`,
      `arn:aws:kms:eu-west-1:111122223333:alias/foo`,
      `arn:aws:kms:eu-west-1:999999999999:key/${uuid}`,
      `arn:aws:kms:us-east-1:111122223333:key/${uuid}`,
      `arn:aws-cn:kms:eu-west-1:111122223333:key/${uuid}`,
    ],
  },
  "a key of another Region": {
    kind: (from) => regionalKmsKeyArn(from, "us-west-2"),
    right: [`arn:aws:kms:us-west-2:111122223333:key/${uuid}`],
    wrong: [`${key}${uuid}`, `arn:aws:kms:us-west-2:999999999999:key/${uuid}`, uuid],
  },
  "a role": {
    kind: roleArn,
    right: [`${role}acme-test-web`, `${role}${"a".repeat(64)}`],
    wrong: [
      role,
      "acme-test-web",
      `${role}${"a".repeat(65)}`,
      `${role}other/web`,
      "arn:aws:iam::111122223333:role/acme-test-web",
      "arn:aws:iam::111122223333:role/acme/testing/web",
      "arn:aws:iam::999999999999:role/acme/test/web",
      "arn:aws-us-gov:iam::111122223333:role/acme/test/web",
      "arn:aws:iam::111122223333:user/acme/test/web",
    ],
  },
  "a secret": {
    kind: secretArn,
    right: [`${secret}acme-test/db-password-a1B2c3`, `${secret}ecr-pullthroughcache/acme-test-hub-a1B2c3`],
    wrong: [
      `${secret}acme-test/db-password`,
      `${secret}acme-testing/db-a1B2c3`,
      `${secret}acme-test-db-a1B2c3`,
      `arn:aws:secretsmanager:eu-west-1:999999999999:secret:acme-test/db-a1B2c3`,
      `arn:aws:ssm:eu-west-1:111122223333:parameter/acme-test/db`,
      "acme-test/db-password",
    ],
  },
  "a VPC": {
    kind: vpcId,
    right: ["vpc-12345678", "vpc-0123456789abcdef0"],
    wrong: ["vpc-", "vpc-1234567", "vpc-0123456789abcdef01", "subnet-12345678", "vpc-1234567G"],
  },
  "a subnet": {
    kind: subnetId,
    right: ["subnet-12345678", "subnet-0123456789abcdef0"],
    wrong: ["subnet-", "vpc-12345678", "subnet-12345678,subnet-87654321"],
  },
  "the range of a VPC": {
    kind: vpcCidr,
    right: ["10.0.0.0/16", "192.168.4.0/28"],
    wrong: ["0.0.0.0/0", "10.0.0.0/8", "10.0.0.0/29", "10.0.0.0", "2001:db8::/32"],
  },
};

const cases = Object.entries(kinds).flatMap(([name, { kind, right, wrong }]) => [
  ...right.map((value) => [name, value, kind, true] as const),
  ...["", ...wrong].map((value) => [name, value, kind, false] as const),
]);

test.each(cases)("as %s, %j is right or wrong", (_, value, kind, right) => {
  expect(new RegExp(`^(${kind(environment).pattern})$`).test(value)).toBe(right);
});

test("in China, ARNs have another partition", () => {
  const china = { ...environment, region: "cn-north-1" };

  expect(kmsKeyArn(china).text).toBe("the ARN of a KMS key, arn:aws-cn:kms:cn-north-1:111122223333:key/<id>");
  expect(roleArn(china).text).toBe("the ARN of a role, arn:aws-cn:iam::111122223333:role/acme/test/<name>");
});

import { expect, test } from "vitest";
import {
  useByEventBridge,
  useByLogGroups,
  useByTemplateRole,
  useForSecrets,
  useThroughEcr,
} from "../../../../modules/kms/kms-use";

const user = { partition: "aws", accountId: "111122223333", region: "eu-west-1" };
const inChina = { partition: "aws-cn", accountId: "111122223333", region: "cn-north-1" };

test("a key is used through ECR of the Region and in no other way", () => {
  const statement = useThroughEcr(user);

  expect(statement).toEqual({
    Sid: "UseThroughEcr",
    Effect: "Allow",
    Principal: { AWS: "arn:aws:iam::111122223333:root" },
    Action: expect.arrayContaining(["kms:CreateGrant", "kms:Decrypt", "kms:GenerateDataKey*"]),
    Resource: "*",
    Condition: { StringEquals: { "kms:ViaService": "ecr.eu-west-1.amazonaws.com" } },
  });
});

test("a key is used through ECR of another partition", () => {
  const { Principal, Condition } = useThroughEcr(inChina);

  expect({ Principal, Condition }).toEqual({
    Principal: { AWS: "arn:aws-cn:iam::111122223333:root" },
    Condition: { StringEquals: { "kms:ViaService": "ecr.cn-north-1.amazonaws.com" } },
  });
});

test("a key is used by the role of repository creation templates, whether or not the call comes through ECR", () => {
  const roleArn = "arn:aws:iam::111122223333:role/acme-test-ecr-template";

  expect(useByTemplateRole(user, roleArn)).toEqual({
    Sid: "UseByTemplateRole",
    Effect: "Allow",
    Principal: { AWS: "arn:aws:iam::111122223333:root" },
    Action: ["kms:CreateGrant", "kms:DescribeKey", "kms:RetireGrant"],
    Resource: "*",
    Condition: { ArnEquals: { "aws:PrincipalArn": roleArn } },
  });
});

test("a key is used by CloudWatch Logs for the log groups of the prefixes and for no others", () => {
  const statement = useByLogGroups(user, ["/aws/events/a/", "/aws/events/b/"]);

  expect(statement).toEqual({
    Sid: "UseByLogGroups",
    Effect: "Allow",
    Principal: { Service: "logs.eu-west-1.amazonaws.com" },
    Action: expect.arrayContaining(["kms:Decrypt*", "kms:Encrypt*", "kms:GenerateDataKey*"]),
    Resource: "*",
    Condition: {
      ArnLike: {
        "kms:EncryptionContext:aws:logs:arn": [
          "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/events/a/*",
          "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/events/b/*",
        ],
      },
    },
  });
});

test("a key is used by CloudWatch Logs of another partition", () => {
  const { Principal, Condition } = useByLogGroups(inChina, ["/aws/events/a/"]);

  expect({ Principal, Condition }).toEqual({
    Principal: { Service: "logs.cn-north-1.amazonaws.com.cn" },
    Condition: {
      ArnLike: {
        "kms:EncryptionContext:aws:logs:arn": [
          "arn:aws-cn:logs:cn-north-1:111122223333:log-group:/aws/events/a/*",
        ],
      },
    },
  });
});

test("a key is used by EventBridge as AWS documents it, to publish to an encrypted topic", () => {
  expect(useByEventBridge()).toEqual({
    Sid: "UseByEventBridge",
    Effect: "Allow",
    Principal: { Service: "events.amazonaws.com" },
    Action: ["kms:Decrypt", "kms:GenerateDataKey"],
    Resource: "*",
  });
});

test.each([
  ["secretsmanager", "UseThroughSecretsManager", ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey*"]],
  ["lambda", "UseThroughLambda", ["kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:Encrypt"]],
  ["eks", "UseThroughEks", ["kms:CreateGrant", "kms:DescribeKey"]],
] as const)("a key is used through %s of the Region and in no other way", (service, Sid, Action) => {
  expect(useForSecrets(service, user)).toEqual({
    Sid,
    Effect: "Allow",
    Principal: { AWS: "arn:aws:iam::111122223333:root" },
    Action,
    Resource: "*",
    Condition: { StringEquals: { "kms:ViaService": `${service}.eu-west-1.amazonaws.com` } },
  });
});

test("a key is used for secrets of another partition", () => {
  const { Principal, Condition } = useForSecrets("secretsmanager", inChina);

  expect({ Principal, Condition }).toEqual({
    Principal: { AWS: "arn:aws-cn:iam::111122223333:root" },
    Condition: { StringEquals: { "kms:ViaService": "secretsmanager.cn-north-1.amazonaws.com" } },
  });
});

test("no statement for using a key allows managing it", () => {
  const forSecrets = (["secretsmanager", "lambda", "eks"] as const).map((one) => useForSecrets(one, user));
  const uses = [
    useThroughEcr(user),
    useByTemplateRole(user, "arn"),
    useByLogGroups(user, ["/a"]),
    useByEventBridge(),
    ...forSecrets,
  ];
  const actions = uses.flatMap(({ Action }) => Action);

  const use =
    /^kms:(CreateGrant|Decrypt|Describe|DescribeKey|Encrypt|GenerateDataKey|ReEncrypt|RetireGrant)\*?$/;
  expect(actions.filter((action) => !use.test(action))).toEqual([]);
});

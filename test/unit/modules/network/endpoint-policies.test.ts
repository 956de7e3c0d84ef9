import { expect, test } from "vitest";
import { endpointStatements } from "../../../../modules/network/endpoint-policies";
import { endpointServices } from "../../../../modules/network/endpoint-services";

const user = {
  partition: "aws",
  accountId: "111122223333",
  region: "eu-west-1",
  pullsFromOtherAccounts: false,
  cacheArns: [],
};

const ownPrincipals = { StringEquals: { "aws:PrincipalAccount": "111122223333" } };

test.each(["ecr.api", "ecr.dkr"] as const)(
  "%s gives tokens, and images of the account's registry",
  (service) => {
    expect(endpointStatements(service, user)).toEqual([
      {
        Sid: "GetToken",
        Effect: "Allow",
        Principal: "*",
        Action: ["ecr:GetAuthorizationToken"],
        Resource: "*",
        Condition: ownPrincipals,
      },
      {
        Sid: "PullImages",
        Effect: "Allow",
        Principal: "*",
        Action: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        Resource: "arn:aws:ecr:eu-west-1:111122223333:repository/*",
        Condition: ownPrincipals,
      },
    ]);
  },
);

test("images of other accounts are pulled only when requested", () => {
  const [, pull] = endpointStatements("ecr.dkr", { ...user, pullsFromOtherAccounts: true });

  expect(pull).toMatchObject({
    Action: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
    Resource: "arn:aws:ecr:eu-west-1:*:repository/*",
    Condition: ownPrincipals,
  });
});

test("images are imported only into existing caches", () => {
  const cache = "arn:aws:ecr:eu-west-1:111122223333:repository/acme-test-hub/*";
  const [, , ...withCache] = endpointStatements("ecr.dkr", { ...user, cacheArns: [cache] });

  expect(withCache).toEqual([
    {
      Sid: "PullThroughCache",
      Effect: "Allow",
      Principal: "*",
      Action: ["ecr:BatchImportUpstreamImage", "ecr:CreateRepository", "ecr:TagResource"],
      Resource: [cache],
      Condition: ownPrincipals,
    },
  ]);
});

test("anyone with a presigned URL may get image layers from S3, and the account's principals may use its buckets", () => {
  const [layers, buckets, ...others] = endpointStatements("s3", user);

  expect(layers).toEqual({
    Sid: "PullLayers",
    Effect: "Allow",
    Principal: "*",
    Action: ["s3:GetObject"],
    Resource: "arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*",
  });
  expect(buckets?.Condition).toEqual({
    StringEquals: { "aws:PrincipalAccount": "111122223333", "aws:ResourceAccount": "111122223333" },
  });
  expect(others).toEqual([]);
});

test.each([
  ["logs", "arn:aws:logs:eu-west-1:111122223333:log-group:*"],
  ["secretsmanager", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:*"],
  ["kms", "arn:aws:kms:eu-west-1:111122223333:key/*"],
] as const)("%s is for what the account has in the Region, and for its principals", (service, resource) => {
  expect(endpointStatements(service, user)).toMatchObject([{ Resource: resource, Condition: ownPrincipals }]);
});

test("STS lets callers assume roles of the account, even callers that have no account yet", () => {
  expect(endpointStatements("sts", user)).toEqual([
    {
      Sid: "TakeOwnRoles",
      Effect: "Allow",
      Principal: "*",
      Action: ["sts:AssumeRole", "sts:AssumeRoleWithWebIdentity", "sts:TagSession"],
      Resource: "arn:aws:iam::111122223333:role/*",
    },
    {
      Sid: "AskWhoIAm",
      Effect: "Allow",
      Principal: "*",
      Action: ["sts:GetCallerIdentity"],
      Resource: "*",
      Condition: ownPrincipals,
    },
  ]);
});

test("EKS Auth lets nodes get pod credentials, in clusters of the account", () => {
  expect(endpointStatements("eks-auth", user)).toEqual([
    {
      Sid: "TakeRolesOfPods",
      Effect: "Allow",
      Principal: "*",
      Action: ["eks-auth:AssumeRoleForPodIdentity"],
      Resource: "arn:aws:eks:eu-west-1:111122223333:cluster/*",
      Condition: ownPrincipals,
    },
  ]);
});

test("sessions of ECS Exec are opened by principals of the account, and logged only where a service has them", () => {
  const [open] = endpointStatements("ssmmessages", user);
  const logs = (logsSessions: boolean) =>
    endpointStatements("logs", { ...user, logsSessions }).flatMap(({ Action }) => Action);

  expect(open).toMatchObject({ Resource: "*", Condition: ownPrincipals });
  expect([logs(true), logs(false)].map((actions) => actions.includes("logs:DescribeLogGroups"))).toEqual([
    true,
    false,
  ]);
});

test("every statement names its actions, and either its resource or whose principals are allowed", () => {
  const statements = endpointServices.flatMap((service) => endpointStatements(service, user));

  for (const statement of statements) {
    for (const action of statement.Action) expect(action).toMatch(/^[a-z0-9-]+:[A-Z][A-Za-z]+\*?$/);
    expect(statement.Resource !== "*" || statement.Condition !== undefined).toBe(true);
  }
});

test.each([
  ["us-gov-west-1", "aws-us-gov"],
  ["eu-west-1", "aws"],
])("ARNs in %s have the partition %s", (region, partition) => {
  const text = JSON.stringify(
    endpointServices.flatMap((service) => endpointStatements(service, { ...user, region, partition })),
  );

  expect(new Set(text.match(/arn:[a-z-]+/g))).toEqual(new Set([`arn:${partition}`]));
});

import { expect, test } from "vitest";
import { digest, withCluster } from "../../../support/environments/one-cluster";
import { isAllowed } from "../../../support/iam-evaluator";
import { type StackJson, synth } from "../../../support/synth";

const image = { repository: "app", digest };
const stacks = synth(
  withCluster(
    {
      deployments: {
        web: { image, namespace: "shop", podIdentity: { secrets: ["db"] } },
        plain: { image, namespace: "shop" },
      },
      jobs: { migrate: { image, podIdentity: {} } },
    },
    { security: { kms: { deletionWindowInDays: 7 }, secrets: { db: {}, other: {} } } },
  ),
);
const security = stacks["security-test"] ?? {};

const roles = Object.entries<StackJson>(security["resource"].aws_iam_role).filter(([id]) =>
  id.startsWith("eks_pod_"),
);
const policies = Object.entries<StackJson>(security["resource"].aws_iam_role_policy).filter(([id]) =>
  id.startsWith("eks_pod_roles_"),
);

test("each workload with podIdentity has a role, under the path of the environment", () => {
  expect(roles.map(([id, { name, path }]) => [id, name, path])).toEqual([
    ["eks_pod_migrate", "acme-test-eks-pod-migrate", "/acme/test/"],
    ["eks_pod_web", "acme-test-eks-pod-web", "/acme/test/"],
  ]);
  expect(security["output"].eks_pod_role_arns.value).toEqual({
    migrate: "${aws_iam_role.eks_pod_migrate.arn}",
    web: "${aws_iam_role.eks_pod_web.arn}",
  });
});

test("EKS gives the role to the pods of its service account, namespace and cluster, and to no others", () => {
  const [, [, web]] = roles as [unknown, [string, StackJson]];
  const trusted = (
    action: string,
    {
      service = "pods.eks.amazonaws.com",
      account = "111122223333",
      cluster = "acme-test",
      namespace = "shop",
      serviceAccount = "web",
    } = {},
  ) =>
    isAllowed(web["assume_role_policy"].Statement, {
      action,
      principal: { Service: service },
      context: {
        "aws:RequestTag/eks-cluster-arn": `arn:aws:eks:eu-west-1:${account}:cluster/${cluster}`,
        "aws:RequestTag/kubernetes-namespace": namespace,
        "aws:RequestTag/kubernetes-service-account": serviceAccount,
      },
    });

  expect([trusted("sts:AssumeRole"), trusted("sts:TagSession")]).toEqual([true, true]);
  for (const other of [
    { service: "eks.amazonaws.com" },
    { account: "999988887777" },
    { cluster: "acme-prod" },
    { namespace: "default" },
    { serviceAccount: "plain" },
  ])
    expect(trusted("sts:AssumeRole", other), JSON.stringify(other)).toBe(false);
  expect(
    isAllowed(web["assume_role_policy"].Statement, {
      action: "sts:AssumeRole",
      principal: { Service: "pods.eks.amazonaws.com" },
    }),
  ).toBe(false);
});

test("the role reads the secrets that it names and no others, and has no further permissions", () => {
  expect(policies.map(([id]) => id)).toEqual(["eks_pod_roles_web"]);
  const statements = policies[0]?.[1]["policy"].Statement;
  const may = (secret: string) =>
    isAllowed(statements, {
      action: "secretsmanager:GetSecretValue",
      resource: `\${aws_secretsmanager_secret.${secret}.arn}`,
    });
  const decrypts = (context: Record<string, string>) =>
    isAllowed(statements, { action: "kms:Decrypt", resource: "${aws_kms_key.secrets.arn}", context });

  expect([may("db"), may("other")]).toEqual([true, false]);
  const via = { "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com" };
  const secretArn = "kms:EncryptionContext:SecretARN";
  expect(decrypts({ ...via, [secretArn]: "${aws_secretsmanager_secret.db.arn}" })).toBe(true);
  expect(decrypts({ ...via, [secretArn]: "${aws_secretsmanager_secret.other.arn}" })).toBe(false);
  expect(decrypts({ [secretArn]: "${aws_secretsmanager_secret.db.arn}" })).toBe(false);
  expect(isAllowed(statements, { action: "secretsmanager:PutSecretValue", resource: "*" })).toBe(false);
});

test("compute associates each role with the service account that its trust policy names", () => {
  const compute = stacks["compute-test"] ?? {};
  const { aws_eks_pod_identity_association: associations } = compute["resource"];
  const output = (name: string) =>
    `\${data.terraform_remote_state.security.outputs.eks_pod_role_arns.${name}}`;

  expect(associations).toEqual({
    migrate: {
      cluster_name: "${aws_eks_cluster.cluster.name}",
      namespace: "default",
      service_account: "migrate",
      role_arn: output("migrate"),
    },
    web: {
      cluster_name: "${aws_eks_cluster.cluster.name}",
      namespace: "shop",
      service_account: "web",
      role_arn: output("web"),
    },
  });
});

test("without podIdentity there are no roles of pods, and no output for them", () => {
  const without = synth(withCluster({ deployments: { web: { image } } }));

  expect(without["security-test"]?.["output"]).not.toHaveProperty("eks_pod_role_arns");
  expect(without["compute-test"]?.["resource"]).not.toHaveProperty("aws_eks_pod_identity_association");
});

import { expect, test } from "vitest";
import { withCluster } from "../../../support/environments/one-cluster";
import { isAllowed } from "../../../support/iam-evaluator";
import { type StackJson, synth } from "../../../support/synth";

const stacks = synth(withCluster({}));
const security = stacks["security-test"] ?? {};

const role = (name: string, json: StackJson = security): StackJson => {
  const found = Object.values<StackJson>(json["resource"].aws_iam_role).find((one) => one["name"] === name);
  expect(found, name).toBeDefined();
  return found ?? {};
};

/** Names of AWS's policies that a role has. */
const managedOf = (id: string, json: StackJson = security): string[] =>
  Object.entries<StackJson>(json["resource"].aws_iam_role_policy_attachment)
    .filter(([key]) => key.startsWith(`eks_roles_${id}_`))
    .map(([, attachment]) => attachment["policy_arn"]);

test("there are three roles with the policies that AWS demands", () => {
  expect(managedOf("cluster")).toEqual(["arn:aws:iam::aws:policy/AmazonEKSClusterPolicy"]);
  expect(managedOf("node")).toEqual([
    "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
    "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy",
    "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy",
  ]);
  expect(managedOf("fargate")).toEqual(["arn:aws:iam::aws:policy/AmazonEKSFargatePodExecutionRolePolicy"]);
});

test("a role is taken on by its service, for this cluster and no other", () => {
  const trusted = (name: string, service: string, sourceArn?: string, account = "111122223333") =>
    isAllowed(role(name)["assume_role_policy"].Statement, {
      action: "sts:AssumeRole",
      principal: { Service: service },
      ...(sourceArn !== undefined && {
        context: {
          "aws:SourceArn": `arn:aws:eks:eu-west-1:${account}:${sourceArn}`,
          "aws:SourceAccount": account,
        },
      }),
    });

  expect(trusted("acme-test-eks-cluster", "eks.amazonaws.com", "cluster/acme-test")).toBe(true);
  expect(trusted("acme-test-eks-cluster", "eks.amazonaws.com", "cluster/acme-prod")).toBe(false);
  expect(trusted("acme-test-eks-cluster", "eks.amazonaws.com", "cluster/acme-test", "999988887777")).toBe(
    false,
  );
  expect(trusted("acme-test-eks-cluster", "eks.amazonaws.com")).toBe(false);
  expect(trusted("acme-test-eks-cluster", "ec2.amazonaws.com", "cluster/acme-test")).toBe(false);
  expect(trusted("acme-test-eks-node", "ec2.amazonaws.com")).toBe(true);
  expect(trusted("acme-test-eks-node", "eks.amazonaws.com", "cluster/acme-test")).toBe(false);
  const pods = "eks-fargate-pods.amazonaws.com";
  expect(trusted("acme-test-eks-fargate", pods, "fargateprofile/acme-test/batch/1a2b")).toBe(true);
  expect(trusted("acme-test-eks-fargate", pods, "fargateprofile/acme-prod/batch/1a2b")).toBe(false);
  expect(trusted("acme-test-eks-fargate", pods)).toBe(false);
});

/** As https://docs.aws.amazon.com/aws-managed-policy/latest/reference/ has them, as far as they are about ECR. */
const ofAws = {
  node: [
    "ecr:GetAuthorizationToken",
    "ecr:BatchGetImage",
    "ecr:GetDownloadUrlForLayer",
    "ecr:BatchImportUpstreamImage",
  ],
  fargate: [
    "ecr:GetAuthorizationToken",
    "ecr:BatchCheckLayerAvailability",
    "ecr:GetDownloadUrlForLayer",
    "ecr:BatchGetImage",
  ],
};

test.each(["node", "fargate"] as const)(
  "the %s role pulls from its own repositories and those of AWS, and pushes to none",
  (id) => {
    const policies = Object.entries<StackJson>(security["resource"].aws_iam_role_policy);
    const own = policies.find(([key]) => key === `eks_roles_${id}`)?.[1]["policy"].Statement;
    const statements = [{ Sid: "OfAws", Effect: "Allow", Action: ofAws[id], Resource: "*" } as const, ...own];
    const may = (action: string, account: string, repository: string) =>
      isAllowed(statements, {
        action: `ecr:${action}`,
        resource: `arn:aws:ecr:eu-west-1:${account}:repository/${repository}`,
        context: { "aws:ResourceAccount": account },
      });

    for (const action of ["BatchGetImage", "GetDownloadUrlForLayer"]) {
      expect(may(action, "111122223333", "acme-test-app")).toBe(true);
      expect(may(action, "111122223333", "acme-prod-app")).toBe(false);
      expect(may(action, "111122223333", "other/acme-test-app")).toBe(false);
      // The network plug-in, in the registry of AWS.
      expect(may(action, "602401143452", "amazon-k8s-cni")).toBe(true);
    }
    for (const action of ["PutImage", "InitiateLayerUpload", "BatchDeleteImage", "SetRepositoryPolicy"])
      expect(may(action, "111122223333", "acme-test-app")).toBe(false);
    expect(isAllowed(statements, { action: "ecr:GetAuthorizationToken", resource: "*" })).toBe(true);
  },
);

test("the cluster role looks at the secrets key and its grants, and uses no key itself", () => {
  const policies = Object.entries<StackJson>(security["resource"].aws_iam_role_policy);
  const own = policies.find(([key]) => key === "eks_roles_cluster")?.[1]["policy"].Statement;
  const resource = "${aws_kms_key.secrets.arn}";
  const may = (action: string) => isAllowed(own, { action: `kms:${action}`, resource });

  expect(["DescribeKey", "ListGrants"].map(may)).toEqual([true, true]);
  expect(["CreateGrant", "Decrypt", "Encrypt", "RevokeGrant", "PutKeyPolicy"].map(may)).toEqual(
    Array(5).fill(false),
  );
  expect(
    isAllowed(own, { action: "kms:ListGrants", resource: "arn:aws:kms:eu-west-1:111122223333:key/1" }),
  ).toBe(false);
});

test("in China and GovCloud the roles have the policies and services of there", () => {
  const china = synth(withCluster({}, { region: "cn-north-1" }))["security-test"] ?? {};

  expect(managedOf("cluster", china)).toEqual(["arn:aws-cn:iam::aws:policy/AmazonEKSClusterPolicy"]);
  const { Statement } = role("acme-test-eks-node", china)["assume_role_policy"];
  expect(Statement[0].Principal).toEqual({ Service: "ec2.amazonaws.com.cn" });
});

test("what compute reads of the roles is published", () => {
  expect(Object.keys(security["output"])).toEqual(
    expect.arrayContaining([
      "eks_cluster_role_arn",
      "eks_node_role_arn",
      "eks_pod_execution_role_arn",
      "secrets_kms_key_arn",
    ]),
  );
});

test("the key of logs serves the control plane's log group, where there is one", () => {
  const logsOf = (json: StackJson = {}) => {
    const keys = Object.entries<StackJson>(json["resource"].aws_kms_key);
    const { Statement } = keys.find(([id]) => id === "logs")?.[1]["policy"] ?? {};
    return Statement[1].Condition.ArnLike["kms:EncryptionContext:aws:logs:arn"];
  };
  const events = "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/events/acme-test/*";

  expect(logsOf(security)).toEqual([
    events,
    "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/eks/acme-test/cluster*",
  ]);
  expect(logsOf(synth(withCluster({}, { eks: undefined }))["security-test"])).toEqual([events]);
});

test("there are no roles of EKS without a cluster", () => {
  const without = synth(withCluster({}, { eks: undefined }))["security-test"] ?? {};

  expect(without["resource"].aws_iam_role).toBeUndefined();
});

test.each([{}, { enabled: false }])(
  "with Auto Mode %o, the cluster and its nodes have the roles that AWS demands",
  (autoMode) => {
    const auto = synth(
      withCluster({
        nodeGroups: {},
        fargateProfiles: { all: { selectors: [{ namespace: "*" }] } },
        autoMode,
      }),
    )["security-test"];

    expect(managedOf("cluster", auto)).toEqual(
      [
        "AmazonEKSBlockStoragePolicy",
        "AmazonEKSClusterPolicy",
        "AmazonEKSComputePolicy",
        "AmazonEKSLoadBalancingPolicy",
        "AmazonEKSNetworkingPolicy",
      ].map((name) => `arn:aws:iam::aws:policy/${name}`),
    );
    const attachments = Object.entries<StackJson>(auto?.["resource"].aws_iam_role_policy_attachment ?? {});
    expect(
      attachments.filter(([id]) => id.startsWith("eks_auto_role_")).map(([, { policy_arn: arn }]) => arn),
    ).toEqual([
      "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
      "arn:aws:iam::aws:policy/AmazonEKSWorkerNodeMinimalPolicy",
    ]);
    const trusts = (name: string, action: string, service: string) =>
      isAllowed(role(name, auto)["assume_role_policy"].Statement, {
        action,
        principal: { Service: service },
        context: {
          "aws:SourceArn": "arn:aws:eks:eu-west-1:111122223333:cluster/acme-test",
          "aws:SourceAccount": "111122223333",
        },
      });
    expect(trusts("acme-test-eks-cluster", "sts:TagSession", "eks.amazonaws.com")).toBe(true);
    expect(trusts("acme-test-eks-cluster", "sts:TagSession", "ec2.amazonaws.com")).toBe(false);
    expect(trusts("acme-test-eks-auto", "sts:AssumeRole", "ec2.amazonaws.com")).toBe(true);
  },
);

test("without Auto Mode, EKS cannot tag its sessions, and there is no role for its nodes", () => {
  expect(role("acme-test-eks-cluster")["assume_role_policy"].Statement[0].Action).toEqual(["sts:AssumeRole"]);
  expect(security["output"]).not.toHaveProperty("eks_auto_node_role_arn");
});

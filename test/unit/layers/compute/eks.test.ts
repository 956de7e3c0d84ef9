import { expect, test } from "vitest";
import { withCluster } from "../../../support/environments/one-cluster";
import { type StackJson, synth } from "../../../support/synth";

const computeWith = (...given: Parameters<typeof withCluster>): StackJson =>
  synth(withCluster(...given))["compute-test"] ?? {};

const output = (layer: string, name: string) => `\${data.terraform_remote_state.${layer}.outputs.${name}}`;

const all = (json: StackJson, type: string): StackJson[] => Object.values(json["resource"][type] ?? {});

/** The one resource of a type. */
function only(json: StackJson, type: string): StackJson {
  const found = all(json, type);
  expect(found).toHaveLength(1);
  return found[0] ?? {};
}

/** The one resource of a type whose attribute is this. */
function named(json: StackJson, type: string, attribute: string, value: string): StackJson {
  const found = all(json, type).filter((one) => one[attribute] === value);
  expect(found, value).toHaveLength(1);
  return found[0] ?? {};
}

const smallest = computeWith({});

test("a cluster is private, encrypted and logged, and whoever deploys it is not its administrator", () => {
  expect(only(smallest, "aws_eks_cluster")).toEqual({
    name: "acme-test",
    version: "1.33",
    role_arn: output("security", "eks_cluster_role_arn"),
    vpc_config: {
      subnet_ids: output("network", "private_subnet_ids"),
      security_group_ids: ["${aws_security_group.eks.id}"],
      endpoint_private_access: true,
      endpoint_public_access: false,
    },
    access_config: { authentication_mode: "API", bootstrap_cluster_creator_admin_permissions: false },
    encryption_config: {
      provider: { key_arn: output("security", "secrets_kms_key_arn") },
      resources: ["secrets"],
    },
    enabled_cluster_log_types: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
    bootstrap_self_managed_addons: false,
    upgrade_policy: { support_type: "EXTENDED" },
    lifecycle: { prevent_destroy: false },
    depends_on: ["aws_cloudwatch_log_group.eks"],
  });
  expect(only(smallest, "aws_cloudwatch_log_group")).toEqual({
    name: "/aws/eks/acme-test/cluster",
    retention_in_days: 90,
    kms_key_id: output("security", "logs_kms_key_arn"),
  });
});

test("the private endpoint is reached over HTTPS from the VPC and from nowhere else", () => {
  const { name, vpc_id: vpcId } = only(smallest, "aws_security_group");

  expect([name, vpcId]).toEqual(["eks-api-acme-test", output("network", "vpc_id")]);
  expect(only(smallest, "aws_vpc_security_group_ingress_rule")).toMatchObject({
    cidr_ipv4: output("network", "vpc_cidr_block"),
    ip_protocol: "tcp",
    from_port: 443,
    to_port: 443,
  });
});

test("a public endpoint is for the ranges that are named", () => {
  const json = computeWith({ publicAccessCidrs: ["8.8.8.0/24"] });

  expect(only(json, "aws_eks_cluster")["vpc_config"]).toMatchObject({
    endpoint_private_access: true,
    endpoint_public_access: true,
    public_access_cidrs: ["8.8.8.0/24"],
  });
});

test("the cluster of a protected environment is protected from destruction", () => {
  const json = computeWith({ logRetentionDays: 365 }, { deletionProtection: true });

  expect(only(json, "aws_eks_cluster")["lifecycle"]).toEqual({ prevent_destroy: true });
  expect(only(json, "aws_cloudwatch_log_group")["retention_in_days"]).toBe(365);
});

test("nodes run Amazon Linux in private subnets, with the role of nodes and no way in by SSH", () => {
  const cluster = "aws_eks_cluster.cluster";

  expect(only(smallest, "aws_eks_node_group")).toEqual({
    cluster_name: `\${${cluster}.name}`,
    node_group_name: "general",
    node_role_arn: output("security", "eks_node_role_arn"),
    subnet_ids: output("network", "private_subnet_ids"),
    version: `\${${cluster}.version}`,
    ami_type: "AL2023_x86_64_STANDARD",
    instance_types: ["m7i.large"],
    launch_template: {
      id: expect.stringMatching(/^\$\{aws_launch_template\.[\w-]+\.id\}$/),
      version: expect.stringMatching(/^\$\{aws_launch_template\.[\w-]+\.latest_version\}$/),
    },
    scaling_config: { min_size: 2, max_size: 4, desired_size: 2 },
    update_config: { max_unavailable: 1 },
    lifecycle: { ignore_changes: ["scaling_config[0].desired_size"] },
    depends_on: ["vpc-cni", "kube-proxy", "eks-pod-identity-agent"].map(
      (addon) => `aws_eks_addon.eks_compute_${addon}`,
    ),
  });
});

test("a node gives its role to no pod, and its disk is encrypted", () => {
  const tags = { Name: "acme-test-general", Project: "acme", Environment: "test", Team: "shop" };

  expect(only(computeWith({}, { tags: { Team: "shop" } }), "aws_launch_template")).toEqual({
    name: "acme-test-general",
    description: "Nodes of acme-test, group general",
    update_default_version: true,
    metadata_options: { http_endpoint: "enabled", http_tokens: "required", http_put_response_hop_limit: 1 },
    block_device_mappings: [
      {
        device_name: "/dev/xvda",
        ebs: { volume_type: "gp3", volume_size: 50, encrypted: "true", delete_on_termination: "true" },
      },
    ],
    tag_specifications: [
      { resource_type: "instance", tags },
      { resource_type: "volume", tags },
    ],
  });
});

test("each node group is as its options say", () => {
  const json = computeWith({
    nodeGroups: {
      general: { instanceTypes: ["m7i.large"] },
      graviton: {
        instanceTypes: ["m7g.large"],
        architecture: "arm64",
        minSize: 0,
        maxSize: 6,
        diskSize: 100,
      },
    },
  });

  expect(named(json, "aws_eks_node_group", "node_group_name", "graviton")).toMatchObject({
    ami_type: "AL2023_ARM_64_STANDARD",
    instance_types: ["m7g.large"],
    scaling_config: { min_size: 0, max_size: 6, desired_size: 0 },
  });
  const template = named(json, "aws_launch_template", "name", "acme-test-graviton");
  expect(template["block_device_mappings"][0].ebs.volume_size).toBe(100);
});

test("a role may do what its access entry says, in the cluster or in namespaces", () => {
  const [admin, shop] = ["admin", "teams/shop"].map((name) => `arn:aws:iam::111122223333:role/${name}`);
  const json = computeWith({
    accessEntries: {
      [`${admin}`]: { policy: "AmazonEKSClusterAdminPolicy" },
      [`${shop}`]: { policy: "AmazonEKSEditPolicy", namespaces: ["shop", "shop-*"] },
    },
  });

  expect(all(json, "aws_eks_access_entry").map((entry) => entry["principal_arn"])).toEqual([admin, shop]);
  const [cluster, namespaces] = all(json, "aws_eks_access_policy_association");
  expect(cluster).toMatchObject({
    principal_arn: expect.stringMatching(/^\$\{aws_eks_access_entry\.[\w-]+\.principal_arn\}$/),
    policy_arn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
    access_scope: { type: "cluster" },
  });
  expect(namespaces).toMatchObject({
    policy_arn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSEditPolicy",
    access_scope: { type: "namespace", namespaces: ["shop", "shop-*"] },
  });
});

const addons = (json: StackJson) => all(json, "aws_eks_addon").map((addon) => addon["addon_name"]);

test("CoreDNS comes after what it runs on", () => {
  const fargateProfiles = { batch: { selectors: [{ namespace: "batch", labels: { tier: "low" } }] } };
  const json = computeWith({ fargateProfiles });

  expect(addons(json)).toEqual(["coredns", "eks-pod-identity-agent", "kube-proxy", "vpc-cni"]);
  const coredns = named(json, "aws_eks_addon", "addon_name", "coredns");
  expect(coredns["depends_on"]).toEqual([
    "aws_eks_node_group.eks_compute_general",
    "aws_eks_fargate_profile.eks_compute_batch",
  ]);
  expect(coredns).not.toHaveProperty("configuration_values");
  expect(only(json, "aws_eks_fargate_profile")).toMatchObject({
    fargate_profile_name: "batch",
    pod_execution_role_arn: output("security", "eks_pod_execution_role_arn"),
    subnet_ids: output("network", "private_subnet_ids"),
    selector: [{ namespace: "batch", labels: { tier: "low" } }],
  });
});

test("with Fargate alone there are no add-ons for nodes, and CoreDNS runs on Fargate", () => {
  const json = computeWith({
    nodeGroups: {},
    fargateProfiles: { all: { selectors: [{ namespace: "kube-system" }, { namespace: "default" }] } },
  });

  expect(addons(json)).toEqual(["coredns"]);
  expect(only(json, "aws_eks_addon")["configuration_values"]).toEqual({ computeType: "Fargate" });
  expect(only(json, "aws_eks_fargate_profile")["selector"]).toEqual([
    { namespace: "kube-system" },
    { namespace: "default" },
  ]);
});

test("CoreDNS runs on Fargate where node groups begin without a node", () => {
  const json = computeWith({
    nodeGroups: { spare: { instanceTypes: ["m7i.large"], minSize: 0 } },
    fargateProfiles: { system: { selectors: [{ namespace: "kube-system" }] } },
  });

  expect(addons(json)).toEqual(["coredns", "eks-pod-identity-agent", "kube-proxy", "vpc-cni"]);
  expect(named(json, "aws_eks_addon", "addon_name", "coredns")["configuration_values"]).toEqual({
    computeType: "Fargate",
  });
});

test("name and endpoint of the cluster are put out", () => {
  const { eks_cluster_name: name, eks_cluster_endpoint: endpoint } = smallest["output"];

  expect(name.value).toBe("${aws_eks_cluster.cluster.name}");
  expect(endpoint.value).toBe("${aws_eks_cluster.cluster.endpoint}");
});

test("compute reads security and network once each, and no network without a cluster", () => {
  const read = (json: StackJson) => Object.keys(json["data"].terraform_remote_state);

  expect(read(smallest)).toEqual(["network", "security"]);
  expect(read(computeWith({}, { eks: undefined }))).toEqual(["security"]);
});

test("Auto Mode is three arguments of the cluster, with a role of its own for nodes, and no add-ons", () => {
  const json = computeWith({ nodeGroups: {}, autoMode: {} });

  expect(only(json, "aws_eks_cluster")).toMatchObject({
    compute_config: {
      enabled: true,
      node_pools: ["general-purpose", "system"],
      node_role_arn: output("security", "eks_auto_node_role_arn"),
    },
    kubernetes_network_config: { elastic_load_balancing: { enabled: true } },
    storage_config: { block_storage: { enabled: true } },
    access_config: { authentication_mode: "API" },
    bootstrap_self_managed_addons: false,
  });
  expect(addons(json)).toEqual([]);
});

test("Auto Mode is turned off by all three arguments, with the role, whose change replaces the cluster", () => {
  const cluster = only(computeWith({ autoMode: { enabled: false } }), "aws_eks_cluster");

  expect(cluster).toMatchObject({
    kubernetes_network_config: { elastic_load_balancing: { enabled: false } },
    storage_config: { block_storage: { enabled: false } },
  });
  expect(cluster["compute_config"]).toEqual({
    enabled: false,
    node_role_arn: output("security", "eks_auto_node_role_arn"),
  });
});

test("with Auto Mode, node groups and Fargate profiles keep their add-ons, and CoreDNS runs on any node", () => {
  const spare = { spare: { instanceTypes: ["m7i.large"], minSize: 0 } };
  const mixed = computeWith({ autoMode: {}, nodeGroups: spare });
  const fargateProfiles = { batch: { selectors: [{ namespace: "batch" }] } };

  expect(addons(mixed)).toEqual(["coredns", "eks-pod-identity-agent", "kube-proxy", "vpc-cni"]);
  expect(named(mixed, "aws_eks_addon", "addon_name", "coredns")).not.toHaveProperty("configuration_values");
  expect(addons(computeWith({ autoMode: {}, nodeGroups: {}, fargateProfiles }))).toEqual(["coredns"]);
});

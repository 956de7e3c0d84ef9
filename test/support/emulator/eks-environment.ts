import { defineEnvironment } from "../../../environments/environment";

const digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

/** An environment that uses all there is of EKS: nodes of both architectures, Fargate, access, public endpoint. */
export const trial = defineEnvironment({
  name: "trial",
  project: "acme",
  accountId: "123456789012",
  region: "us-east-1",
  tier: "development",
  state: { backend: "local" },
  tags: { Team: "shop" },
  security: { kms: { deletionWindowInDays: 7 }, secrets: { database: {} } },
  ecr: { repositories: { "web-app": {}, worker: {} } },
  network: {
    kind: "existing",
    vpcId: "vpc-0123456789abcdef0",
    privateSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
  },
  eks: {
    kubernetesVersion: "1.33",
    autoMode: {},
    nodeGroups: {
      general: { instanceTypes: ["m7i.large", "m7a.large"] },
      graviton: {
        instanceTypes: ["m7g.large"],
        architecture: "arm64",
        minSize: 0,
        maxSize: 6,
        diskSize: 100,
      },
    },
    fargateProfiles: { batch: { selectors: [{ namespace: "batch-*", labels: { tier: "low" } }] } },
    publicAccessCidrs: ["8.8.8.0/24"],
    accessEntries: {
      "arn:aws:iam::123456789012:role/platform": { policy: "AmazonEKSClusterAdminPolicy" },
      "arn:aws:iam::123456789012:role/teams/shop": { policy: "AmazonEKSEditPolicy", namespaces: ["shop-*"] },
    },
    logRetentionDays: 365,
    deployments: {
      "web-app": {
        image: { repository: "web-app", digest },
        port: 8080,
        namespace: "shop-web",
        podIdentity: { secrets: ["database"] },
      },
      worker: { image: { repository: "worker", awaitsFirstPush: true } },
    },
  },
});

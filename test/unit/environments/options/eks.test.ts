import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import { digest, withCluster } from "../../../support/environments/one-cluster";

function messageOf(...given: Parameters<typeof withCluster>): string {
  try {
    loadEnvironments(withCluster(...given));
  } catch (error) {
    return (error as Error).message;
  }
  return "no error";
}

const image = { repository: "app", digest };

test("a cluster gets every default: private, with access for nobody", () => {
  const [environment] = loadEnvironments(withCluster({ deployments: { web: { image } } }));

  expect(environment?.eks).toEqual({
    kubernetesVersion: "1.33",
    support: "EXTENDED",
    nodeGroups: {
      general: {
        instanceTypes: ["m7i.large"],
        architecture: "x86_64",
        minSize: 2,
        maxSize: 4,
        diskSize: 50,
      },
    },
    fargateProfiles: {},
    publicAccessCidrs: [],
    accessEntries: {},
    logRetentionDays: 90,
    deployments: {
      web: {
        image: { ...image, awaitsFirstPush: false, managedBy: "terraform" },
        namespace: "default",
        replicas: 2,
        architecture: "x86_64",
        cpu: "250m",
        memory: "256Mi",
      },
    },
    jobs: {},
    cronJobs: {},
  });
});

const group = (change: object) => ({ nodeGroups: { general: { instanceTypes: ["m7i.large"], ...change } } });
const deployment = (change: object) => ({ deployments: { web: { image, ...change } } });
const role = "arn:aws:iam::111122223333:role/platform";

test.each<[string, object, string]>([
  [
    "kubernetesVersion",
    { kubernetesVersion: "1.33.1" },
    "found \"1.33.1\"; this must be a Kubernetes minor version that EKS supports; use a version such as '1.33'",
  ],
  [
    "nodeGroups.general.instanceTypes",
    group({ instanceTypes: [] }),
    "found []; a node group needs an instance type; add one",
  ],
  [
    "nodeGroups.general.instanceTypes[0]",
    group({ instanceTypes: ["large"] }),
    'found "large"; this must be an EC2 instance type; use a type such as m7i.large',
  ],
  [
    "nodeGroups.general.minSize",
    group({ minSize: -1 }),
    "found -1; a node group has at most 450 nodes; use a whole number of 0 or more",
  ],
  [
    "nodeGroups.general.maxSize",
    {
      ...group({ minSize: 0, maxSize: 0 }),
      fargateProfiles: { a: { selectors: [{ namespace: "kube-system" }] } },
    },
    "found 0; a node group has at most 450 nodes; use a whole number of 1 or more",
  ],
  [
    "nodeGroups.general.diskSize",
    group({ diskSize: 8 }),
    "found 8; a node's disk has 20 to 16384 GiB; use a whole number",
  ],
  [
    "fargateProfiles.batch.selectors",
    { fargateProfiles: { batch: { selectors: [] } } },
    "found []; a Fargate profile needs a selector; add one such as { namespace: 'batch' }",
  ],
  [
    "fargateProfiles.batch.selectors",
    { fargateProfiles: { batch: { selectors: [..."abcdef"].map((namespace) => ({ namespace })) } } },
    'found [{"namespace":"a"},{"namespace":"b"},{"namespace":"c"},{"namespace":"d"},{"namespace":"e"},{"namespace":"f"}]; EKS allows up to five selectors in a Fargate profile; add another profile',
  ],
  [
    "fargateProfiles.batch.selectors[0].namespace",
    { fargateProfiles: { batch: { selectors: [{ namespace: "Batch" }] } } },
    'found "Batch"; a namespace has up to 63 lowercase letters, digits and hyphens, where * and ? are wildcards; use a pattern such as batch-*',
  ],
  [
    'fargateProfiles.batch.selectors[0].labels["bad key!"]',
    { fargateProfiles: { batch: { selectors: [{ namespace: "a", labels: { "bad key!": "x" } }] } } },
    'found "bad key!"; a label name has 1 to 63 letters, digits and _.-, starts and ends with a letter or digit, and can have a prefix of a DNS name and /, where * and ? are wildcards; use a name such as tier',
  ],
  [
    "fargateProfiles.batch.selectors[0].labels.tier",
    { fargateProfiles: { batch: { selectors: [{ namespace: "a", labels: { tier: "-low" } }] } } },
    'found "-low"; a label value has up to 63 letters, digits and _.-, and starts and ends with a letter or digit, where * and ? are wildcards; use a string',
  ],
  [
    "publicAccessCidrs[0]",
    { publicAccessCidrs: ["10.0.0.0/8"] },
    'found "10.0.0.0/8"; 10.0.0.0/8 is reserved for private networks and not routable on the internet; use your public addresses, or remove it and use the private endpoint',
  ],
  [
    "publicAccessCidrs[0]",
    { publicAccessCidrs: [8] },
    "found 8; this must be an IPv4 range in CIDR notation; use a string such as '<first address>/<prefix length>'",
  ],
  [
    "publicAccessCidrs[0]",
    { publicAccessCidrs: ["0.0.0.0/0"] },
    'found "0.0.0.0/0"; a range this wide opens the Kubernetes API to the internet; list only your own addresses, /8 to /32, or remove it and use the private endpoint',
  ],
  [
    `accessEntries["${role}"].policy`,
    { accessEntries: { [role]: { policy: "AmazonEKSEditorPolicy" } } },
    'found "AmazonEKSEditorPolicy"; this must be one of AmazonEKSClusterAdminPolicy, AmazonEKSAdminPolicy, AmazonEKSEditPolicy, AmazonEKSAdminViewPolicy, AmazonEKSViewPolicy; did you mean "AmazonEKSEditPolicy"?',
  ],
  [
    "deployments.web.namespace",
    deployment({ namespace: "Shop" }),
    'found "Shop"; a namespace has 1 to 63 lowercase letters, digits and hyphens, and does not start or end with a hyphen; use a name such as shop',
  ],
  [
    "deployments.web.replicas",
    deployment({ replicas: -1 }),
    "found -1; a Deployment has 0 to 1000 pods; use a whole number",
  ],
  ["deployments.web.port", deployment({ port: 0 }), "found 0; a port is 1 to 65535; use a whole number"],
  [
    "deployments.web.cpu",
    deployment({ cpu: "0.5" }),
    'found "0.5"; CPU is in up to 999 whole cores or 999999 millicores; use a value such as 1 or 250m',
  ],
  [
    "deployments.web.memory",
    deployment({ memory: "256M" }),
    'found "256M"; memory is a number of up to 7 digits followed by Mi or Gi; use a value such as 256Mi',
  ],
])("fails when eks.%s is wrong", (path, eks, message) => {
  expect(messageOf({ ...eks })).toBe(`environments/test.ts: eks.${path}: ${message}`);
});

test("fails when there are more of something than EKS takes", () => {
  const cidrs = Array.from({ length: 41 }, (_, index) => `8.8.8.${index}/32`);

  expect(messageOf({ publicAccessCidrs: cidrs })).toContain("EKS allows up to 40 ranges; remove some");
  expect(messageOf(group({ instanceTypes: Array(21).fill("m7i.large") }))).toContain(
    "EKS allows up to 20 instance types in a node group; remove some",
  );
  expect(messageOf(group({ maxSize: 451 }))).toContain("found 451; a node group has at most 450 nodes");
});

test("fails when the version of Kubernetes is left out, since a default would age", () => {
  expect(messageOf({ kubernetesVersion: undefined })).toBe(
    "environments/test.ts: eks.kubernetesVersion: found nothing; this must be a Kubernetes minor version that EKS supports; use a version such as '1.33'",
  );
});

test.each([
  ["tier", "low"],
  ["tier", ""],
  ["app.kubernetes.io/name", "web_1.2-x"],
  ["a", "b"],
  ["tier-*", "?"],
  ["n".repeat(63), "v".repeat(63)],
])("a profile takes the label %s: %j", (name, value) => {
  const selectors = [{ namespace: "batch", labels: { [name]: value } }];

  expect(messageOf({ fargateProfiles: { batch: { selectors } } })).toBe("no error");
});

test.each(["", "-a", "a-", "a b", "/a", "a/b/c", "Example.com/a", "n".repeat(64), `${"d".repeat(254)}/a`])(
  "fails when a profile has a label called %j",
  (name) => {
    const selectors = [{ namespace: "batch", labels: { [name]: "x" } }];

    expect(messageOf({ fargateProfiles: { batch: { selectors } } })).toContain(
      `found ${JSON.stringify(name).slice(0, 120)}`,
    );
  },
);

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
        image: { ...image, awaitsFirstPush: false },
        namespace: "default",
        replicas: 2,
        architecture: "x86_64",
        cpu: "250m",
        memory: "256Mi",
      },
    },
  });
});

const group = (change: object) => ({ nodeGroups: { general: { instanceTypes: ["m7i.large"], ...change } } });
const deployment = (change: object) => ({ deployments: { web: { image, ...change } } });
const role = "arn:aws:iam::111122223333:role/platform";

test.each<[string, object, string]>([
  [
    "kubernetesVersion",
    { kubernetesVersion: "1.33.1" },
    "found \"1.33.1\"; this must be a minor version of Kubernetes that EKS supports; write for example '1.33'",
  ],
  [
    "nodeGroups.general.instanceTypes",
    group({ instanceTypes: [] }),
    "found []; a node group needs an instance type; add one",
  ],
  [
    "nodeGroups.general.instanceTypes[0]",
    group({ instanceTypes: ["large"] }),
    'found "large"; this must be an EC2 instance type; write for example m7i.large',
  ],
  [
    "nodeGroups.general.minSize",
    group({ minSize: -1 }),
    "found -1; a node group has up to 450 nodes; write a whole number from 0 on",
  ],
  [
    "nodeGroups.general.maxSize",
    {
      ...group({ minSize: 0, maxSize: 0 }),
      fargateProfiles: { a: { selectors: [{ namespace: "kube-system" }] } },
    },
    "found 0; a node group has up to 450 nodes; write a whole number from 1 on",
  ],
  [
    "nodeGroups.general.diskSize",
    group({ diskSize: 8 }),
    "found 8; the disk of a node has 20 to 16384 GiB; write a whole number",
  ],
  [
    "fargateProfiles.batch.selectors",
    { fargateProfiles: { batch: { selectors: [] } } },
    "found []; a profile selects pods; add a selector, for example { namespace: 'batch' }",
  ],
  [
    "fargateProfiles.batch.selectors",
    { fargateProfiles: { batch: { selectors: [..."abcdef"].map((namespace) => ({ namespace })) } } },
    'found [{"namespace":"a"},{"namespace":"b"},{"namespace":"c"},{"namespace":"d"},{"namespace":"e"},{"namespace":"f"}]; a profile has up to five selectors; write another profile',
  ],
  [
    "fargateProfiles.batch.selectors[0].namespace",
    { fargateProfiles: { batch: { selectors: [{ namespace: "Batch" }] } } },
    'found "Batch"; a namespace has up to 63 lower-case letters, digits and hyphens, where * and ? stand for others; write for example batch-*',
  ],
  [
    'fargateProfiles.batch.selectors[0].labels["bad key!"]',
    { fargateProfiles: { batch: { selectors: [{ namespace: "a", labels: { "bad key!": "x" } }] } } },
    'found "bad key!"; the name of a label has 1 to 63 letters, digits and _.- with letters or digits at the ends, a DNS name and / before it if need be, and * and ? stand for others; write for example tier',
  ],
  [
    "fargateProfiles.batch.selectors[0].labels.tier",
    { fargateProfiles: { batch: { selectors: [{ namespace: "a", labels: { tier: "-low" } }] } } },
    'found "-low"; a label has up to 63 letters, digits and _.- with letters or digits at the ends, where * and ? stand for others; write it as a string',
  ],
  [
    "publicAccessCidrs[0]",
    { publicAccessCidrs: ["10.0.0.0/8"] },
    'found "10.0.0.0/8"; 10.0.0.0/8 is reserved for private networks and not routable on the internet; use your public addresses, or remove it and use the private endpoint',
  ],
  [
    "publicAccessCidrs[0]",
    { publicAccessCidrs: [8] },
    "found 8; a range of addresses is text; write '<first address>/<length of the prefix>'",
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
    'found "Shop"; a namespace has 1 to 63 lower-case letters, digits and hyphens, with no hyphen at the ends; write for example shop',
  ],
  [
    "deployments.web.replicas",
    deployment({ replicas: -1 }),
    "found -1; this is a number of pods; write a whole number from 0 to 1000",
  ],
  ["deployments.web.port", deployment({ port: 0 }), "found 0; a port is 1 to 65535; write a whole number"],
  [
    "deployments.web.cpu",
    deployment({ cpu: "0.5" }),
    'found "0.5"; processor time is whole cores or thousandths; write 1 or 250m',
  ],
  [
    "deployments.web.memory",
    deployment({ memory: "256M" }),
    'found "256M"; memory is a number and Mi or Gi; write 256Mi',
  ],
])("fails when eks.%s is wrong", (path, eks, message) => {
  expect(messageOf({ ...eks })).toBe(`environments/test.ts: eks.${path}: ${message}`);
});

test("fails when there are more of something than EKS takes", () => {
  const cidrs = Array.from({ length: 41 }, (_, index) => `8.8.8.${index}/32`);

  expect(messageOf({ publicAccessCidrs: cidrs })).toContain("EKS takes up to 40 ranges; remove some");
  expect(messageOf(group({ instanceTypes: Array(21).fill("m7i.large") }))).toContain(
    "EKS takes up to 20 instance types; remove some",
  );
  expect(messageOf(group({ maxSize: 451 }))).toContain("found 451; a node group has up to 450 nodes");
});

test("fails when the version of Kubernetes is left out, since a default would age", () => {
  expect(messageOf({ kubernetesVersion: undefined })).toBe(
    "environments/test.ts: eks.kubernetesVersion: found nothing; this must be a minor version of Kubernetes that EKS supports; write for example '1.33'",
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

import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import { digest, network, withCluster } from "../../../support/environments/one-cluster";

function messageOf(...given: Parameters<typeof withCluster>): string {
  try {
    loadEnvironments(withCluster(...given));
  } catch (error) {
    return (error as Error).message;
  }
  return "no error";
}

const web = (change: object = {}) => ({
  deployments: { web: { image: { repository: "app", digest }, ...change } },
});
const fargate = (...namespaces: string[]) => ({
  fargateProfiles: { some: { selectors: namespaces.map((namespace) => ({ namespace })) } },
});

test("fails when there is no network, or one with a single private subnet", () => {
  const [first] = network.privateSubnetIds;

  expect(messageOf({}, { network: undefined })).toBe(
    'environments/test.ts: network: found nothing; an EKS cluster needs a network; add network: { kind: "own", … } or { kind: "existing", … }',
  );
  expect(messageOf({}, { network: { ...network, privateSubnetIds: [first] } })).toBe(
    'environments/test.ts: network.privateSubnetIds: found ["subnet-0123456789abcdef0"]; EKS requires subnets in at least two Availability Zones; add the ID of a private subnet in another zone',
  );
});

test("fails when pods have nothing to run on, and says so once", () => {
  expect(messageOf({ nodeGroups: {}, ...web() })).toBe(
    "environments/test.ts: eks.nodeGroups: found {}; a cluster without nodes cannot run pods; add nodeGroups, fargateProfiles or autoMode: {}",
  );
});

test("fails when there is Fargate alone and none of it for CoreDNS", () => {
  expect(messageOf({ nodeGroups: {}, ...fargate("shop") })).toBe(
    "environments/test.ts: eks.fargateProfiles: found [\"some\"]; without node groups, CoreDNS must run on Fargate, or pods cannot resolve names; add the selector { namespace: 'kube-system' } to a profile",
  );
  expect(messageOf({ nodeGroups: {}, ...fargate("shop", "kube-*") })).toBe("no error");
});

test("fails when no node group keeps a node and no Fargate profile takes CoreDNS", () => {
  const empty = { instanceTypes: ["m7i.large"], minSize: 0 };
  const nodeGroups = { general: empty, spare: empty };

  expect(messageOf({ nodeGroups })).toBe(
    'environments/test.ts: eks.nodeGroups: found ["general","spare"]; every group starts without nodes, so CoreDNS cannot run and the deployment fails after 20 minutes; set minSize: 1 or more for one of them, or add the selector { namespace: \'kube-system\' } to a Fargate profile',
  );
  expect(messageOf({ nodeGroups, ...fargate("shop") })).toContain("every group starts without nodes");
  expect(messageOf({ nodeGroups, ...fargate("kube-system") })).toBe("no error");
  expect(messageOf({ nodeGroups: { ...nodeGroups, spare: { ...empty, minSize: 1 } } })).toBe("no error");
});

test("fails when a node group, a profile or a Deployment has a name that AWS or Kubernetes refuses", () => {
  expect(
    messageOf({
      nodeGroups: { "-a": { instanceTypes: ["m7i.large"] } },
      fargateProfiles: { "b c": { selectors: [{ namespace: "batch" }] } },
      deployments: { Web: { image: { repository: "app", digest } } },
    }),
  ).toMatchInlineSnapshot(`
    "environments/test.ts: eks.nodeGroups["-a"]: found "-a"; this name has 1 to 63 letters, digits, - and _ and starts with a letter or digit; use a name such as general
    environments/test.ts: eks.fargateProfiles["b c"]: found "b c"; this name has 1 to 63 letters, digits, - and _ and starts with a letter or digit; use a name such as general
    environments/test.ts: eks.deployments.Web: found "Web"; a Deployment name has 1 to 63 lowercase letters, digits and hyphens, starts with a letter and does not end with a hyphen; use a name such as web-app"
  `);
});

test("fails when a node group begins with more nodes than it may have", () => {
  const nodeGroups = { general: { instanceTypes: ["m7i.large"], minSize: 5 } };

  expect(messageOf({ nodeGroups })).toBe(
    "environments/test.ts: eks.nodeGroups.general.minSize: found 5; minSize cannot exceed maxSize, which is 4; lower minSize or raise maxSize",
  );
});

test("fails when an instance type has another processor than its group", () => {
  const nodeGroups = {
    intel: { instanceTypes: ["m7i.large", "m7g.large"] },
    graviton: { instanceTypes: ["t3.medium"], architecture: "arm64" },
  };

  expect(messageOf({ nodeGroups })).toBe(
    `environments/test.ts: eks.nodeGroups.intel.instanceTypes[1]: found "m7g.large"; the instance type has arm64 processors, but the group's architecture is x86_64; change one of them
environments/test.ts: eks.nodeGroups.graviton.instanceTypes[0]: found "t3.medium"; the instance type has x86_64 processors, but the group's architecture is arm64; change one of them`,
  );
});

test.each([
  "platform",
  "arn:aws:iam::111122223333:user/anna",
  "arn:aws:iam::111122223333:root",
  "arn:aws:sts::111122223333:assumed-role/platform/anna",
  "arn:aws:iam::111122223333:role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS",
])("fails when access is given to %s", (arn) => {
  expect(messageOf({ accessEntries: { [arn]: { policy: "AmazonEKSViewPolicy" } } })).toContain(
    `found "${arn}"; an access entry needs the ARN of an IAM role, including its path; use arn:aws:iam::<account>:role/<name>`,
  );
});

test("fails when a Deployment's image fits no processor that takes its pods", () => {
  const at = "environments/test.ts: eks.deployments.web.architecture: found";

  expect(messageOf(web({ architecture: "arm64" }))).toBe(
    `${at} "arm64"; no node group has this architecture, and no Fargate profile selects namespace default; add one, or build the image for an existing node group`,
  );
  expect(messageOf({ ...fargate("default"), ...web({ architecture: "arm64" }) })).toBe(
    `${at} "arm64"; a Fargate profile selects these pods, and EKS on Fargate supports only x86_64; build the image for x86_64 or use another namespace`,
  );
  expect(
    messageOf({ nodeGroups: {}, ...fargate("kube-system", "shop"), ...web({ namespace: "shop" }) }),
  ).toBe("no error");
});

test("fails when a Deployment names a repository that is not there", () => {
  expect(messageOf({ deployments: { web: { image: { repository: "ap", tag: "v1" } } } })).toBe(
    'environments/test.ts: eks.deployments.web.image.repository: found "ap"; ecr.repositories has no repository with this name; did you mean "app"?',
  );
});

test("a cluster of a wrong shape is reported by its shape alone", () => {
  const shapes = { nodeGroups: 1, fargateProfiles: { a: null }, accessEntries: 2, deployments: "x" };

  expect(messageOf(shapes).split("\n")).toEqual(
    Object.keys(shapes).map(() => expect.stringMatching(/this must be an object|this must be one of/)),
  );
});

test("a name belongs to one workload, and those of Jobs leave room for what Kubernetes appends", () => {
  const image = { repository: "app", tag: "v1" };
  const long = "a".repeat(53);
  const message = messageOf({
    deployments: { web: { image }, [long]: { image } },
    jobs: { web: { image }, [`${long}b`]: { image } },
    cronJobs: { report: { image, schedule: "at night" } },
  });

  expect(message.split("\n")).toEqual([
    `environments/test.ts: eks.cronJobs.report.schedule: found "at night"; a schedule has five cron fields; use one such as '0 3 * * *', or @daily`,
    'environments/test.ts: eks.jobs.web: found "web"; eks.deployments has this name too, and a Service would send requests to the pods of both, which have the same label; rename one of them',
    `environments/test.ts: eks.jobs.${long}b: found "${long}b"; a Job name has 1 to 52 lowercase letters, digits and hyphens, starts with a letter and does not end with a hyphen; use a name such as migrate`,
  ]);
});

test("with Auto Mode, pods have nodes without node groups and Fargate profiles", () => {
  const empty = { spare: { instanceTypes: ["m7i.large"], minSize: 0 } };

  expect(messageOf({ nodeGroups: {}, autoMode: {}, ...web() })).toBe("no error");
  expect(messageOf({ nodeGroups: empty, autoMode: {} })).toBe("no error");
  expect(messageOf({ nodeGroups: {}, autoMode: {}, ...fargate("shop") })).toBe("no error");
  expect(messageOf({ nodeGroups: {}, autoMode: { enabled: false } })).toContain("cannot run pods");
});

test("fails when Auto Mode has no nodes of the architecture, unless it has a node pool for it", () => {
  const arm64 = web({ architecture: "arm64" });

  expect(messageOf({ nodeGroups: {}, autoMode: {}, ...arm64 })).toMatchInlineSnapshot(
    `"environments/test.ts: eks.deployments.web.architecture: found "arm64"; no node group has this architecture, no Fargate profile selects namespace default, and the node pool of EKS Auto Mode for workloads has x86_64 only; build the image for x86_64, or create a node pool with kubectl and list it in eks.autoMode.customNodePools"`,
  );
  expect(messageOf({ nodeGroups: {}, autoMode: { customNodePools: ["arm64"] }, ...arm64 })).toBe("no error");
  const graviton = { graviton: { instanceTypes: ["m7g.large"], architecture: "arm64" } };
  expect(messageOf({ nodeGroups: graviton, autoMode: {}, ...arm64 })).toBe("no error");
  expect(messageOf({ nodeGroups: graviton, autoMode: { enabled: false }, ...web() })).toContain(
    "no node group has this architecture, and no Fargate",
  );
});

test("fails when two workloads have one name in different namespaces", () => {
  const image = { repository: "app", digest };

  expect(
    messageOf({ ...web({ namespace: "shop" }), jobs: { web: { image, namespace: "blog" } } }),
  ).toMatchInlineSnapshot(
    `"environments/test.ts: eks.jobs.web: found "web"; eks.deployments has this name too, and a name identifies one workload of the environment, with its role, in all namespaces; put the namespace in the name, e.g. blog-web"`,
  );
});

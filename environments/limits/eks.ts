import { image, port } from "./consumer-parts";
import { arn, atMost, type Limits, limitedBy, nameIn, pages, range, under } from "./limit";

const docs = "https://docs.aws.amazon.com";

const namespace = atMost(63, "lowercase letters, digits and `-`", pages.kubernetesNames);
const fargate = `${docs}/eks/latest/APIReference/API_CreateFargateProfile.html`;

const eksWorkload: Limits = {
  ...image,
  namespace,
  cpu: atMost(7, "up to 999 cores or 999999m", pages.kubernetesQuantities),
  "podIdentity.secrets": limitedBy("the inline policy of the role", pages.iam),
  "podIdentity.secrets[]": nameIn("security.secrets"),
  memory: atMost(9, "up to 7 digits with `Mi` or `Gi`", pages.kubernetesQuantities),
};

const inManifest = limitedBy("1.5 MiB of the manifest", "https://etcd.io/docs/v3.5/dev-guide/limit/");
const eksJob: Limits = {
  ...eksWorkload,
  entryPoint: inManifest,
  "entryPoint[]": inManifest,
  command: inManifest,
  "command[]": inManifest,
  retries: range("project"),
  timeoutSeconds: range("project"),
};

/** The controller of CronJobs appends 11 characters, and a hash of a Job 9. */
const jobName = atMost(
  52,
  "lowercase letters, digits and `-`",
  "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/",
);

const eks: Limits = {
  kubernetesVersion: atMost(4, "a minor version", `${docs}/eks/latest/userguide/kubernetes-versions.html`),
  "autoMode.customNodePools": atMost(2, "`x86_64` and `arm64`", "project"),
  nodeGroups: limitedBy("30 in a cluster by default", pages.eks),
  "nodeGroups.<name>@": atMost(
    63,
    "letters, digits, `-` and `_`",
    `${docs}/eks/latest/APIReference/API_CreateNodegroup.html`,
  ),
  "nodeGroups.<name>.instanceTypes": atMost(
    20,
    "",
    `${docs}/eks/latest/APIReference/API_CreateNodegroup.html`,
  ),
  "nodeGroups.<name>.instanceTypes[]": atMost(
    64,
    "a family, a period and a size",
    `${docs}/AWSEC2/latest/APIReference/API_RunInstances.html`,
  ),
  "nodeGroups.<name>.minSize": range(pages.eks),
  "nodeGroups.<name>.maxSize": range(pages.eks),
  "nodeGroups.<name>.diskSize": range(`${docs}/ebs/latest/userguide/general-purpose.html`),
  fargateProfiles: limitedBy("10 in a cluster by default", pages.eks),
  "fargateProfiles.<name>@": atMost(100, "letters, digits, `-` and `_`", fargate),
  "fargateProfiles.<name>.selectors": atMost(5, "", fargate),
  "fargateProfiles.<name>.selectors[].namespace": namespace,
  "fargateProfiles.<name>.selectors[].labels": limitedBy("5 in a selector by default", pages.eks),
  "fargateProfiles.<name>.selectors[].labels.<name>@": atMost(
    317,
    "a DNS name of up to 253 characters, `/` and a name of up to 63",
    "https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/",
  ),
  "fargateProfiles.<name>.selectors[].labels.<name>": atMost(
    63,
    "letters, digits and `_.-`",
    "https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/",
  ),
  publicAccessCidrs: atMost(40, "", pages.eks),
  "publicAccessCidrs[]": atMost(18, "a public IPv4 range, `/8` to `/32`", pages.eks),
  accessEntries: limitedBy("as many as a cluster allows", `${docs}/eks/latest/userguide/access-entries.html`),
  "accessEntries.<name>@": arn(2048, "the ARN of a role", pages.iam),
  "accessEntries.<name>.namespaces": limitedBy(
    "those of a cluster",
    `${docs}/eks/latest/APIReference/API_AccessScope.html`,
  ),
  "accessEntries.<name>.namespaces[]": namespace,
  logRetentionDays: range(pages.logs),
  deployments: limitedBy("manifests that the project only prints", "project"),
  "deployments.<name>@": atMost(63, "lowercase letters, digits and `-`", pages.kubernetesNames),
  ...under("deployments.<name>", { ...eksWorkload, replicas: range("project"), port }),
  jobs: limitedBy("manifests that the project only prints", "project"),
  "jobs.<name>@": jobName,
  ...under("jobs.<name>", eksJob),
  cronJobs: limitedBy("manifests that the project only prints", "project"),
  "cronJobs.<name>@": jobName,
  ...under("cronJobs.<name>", {
    ...eksJob,
    schedule: limitedBy(
      "five cron fields",
      "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/",
    ),
    timeZone: limitedBy(
      "names of the time zone database",
      "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/",
    ),
  }),
};

/** Limits of the options of EKS clusters. */
export const eksLimits: Limits = under("eks", eks);

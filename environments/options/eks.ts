import { z } from "zod";
import { accessPolicies } from "../../modules/eks/cluster-access";
import { architectures } from "../../modules/eks/processor-architecture";
import { publicAccessCidrProblem } from "../../modules/eks/public-access-cidr";
import { integer, object, oneOf, text } from "../../modules/values/fields";
import { distinct, logRetention, mapOf } from "../schema/fields";
import type { Unchecked } from "../schema/unchecked";
import { AutoModeOptions } from "./eks-auto-mode";
import { EksCronJobOptions, EksJobOptions, workload } from "./eks-job";
import { cannotRename } from "./renamed-from";

const namespacePattern = () =>
  text(
    /^[a-z0-9*?][a-z0-9*?-]{0,62}$/,
    "a namespace has up to 63 lowercase letters, digits and hyphens, where * and ? are wildcards; use a pattern such as batch-*",
  );

const labelNameAdvice =
  "a label name has 1 to 63 letters, digits and _.-, starts and ends with a letter or digit, and can have a prefix of a DNS name and /, where * and ? are wildcards; use a name such as tier";

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
const labelName = text(
  /^(?:(?=[^/]{1,253}\/)[a-z0-9*?](?:[a-z0-9.*?-]*[a-z0-9*?])?\/)?[A-Za-z0-9*?](?:[\w.*?-]{0,61}[A-Za-z0-9*?])?$/,
  labelNameAdvice,
);

const labelValue = text(
  /^(?:[A-Za-z0-9*?](?:[\w.*?-]{0,61}[A-Za-z0-9*?])?)?$/,
  "a label value has up to 63 letters, digits and _.-, and starts and ends with a letter or digit, where * and ? are wildcards; use a string",
);

const size = (min: number) =>
  integer(min, 450, `a node group has at most 450 nodes; use a whole number of ${min} or more`);

const NodeGroupOptions = object(
  {
    instanceTypes: distinct(
      text(
        /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/,
        "this must be an EC2 instance type; use a type such as m7i.large",
      ),
    )
      .min(1, { error: "a node group needs an instance type; add one" })
      .max(20, { error: "EKS allows up to 20 instance types in a node group; remove some" })
      .describe(
        "EC2 instance types of the nodes, all with the same processor architecture. Changing them replaces the group.",
      ),
    architecture: oneOf(architectures)
      .default("x86_64")
      .describe(
        "Processor architecture of the nodes, which run Amazon Linux 2023. Changing it replaces the group.",
      ),
    minSize: size(0)
      .default(2)
      .describe(
        "Minimum and initial number of nodes. At least one group must start with a node, unless CoreDNS runs on Fargate.",
      ),
    maxSize: size(1).default(4).describe("Maximum number of nodes."),
    diskSize: integer(20, 16_384, "a node's disk has 20 to 16384 GiB; use a whole number")
      .default(50)
      .describe("Size of each node's encrypted disk in GiB."),
  },
  cannotRename("nodeGroup"),
).describe("A managed node group on EC2.");

const FargateProfileOptions = object(
  {
    selectors: distinct(
      object({
        namespace: namespacePattern().describe(
          "Namespace of the pods. `*` matches any text, `?` matches one character.",
        ),
        labels: z
          .record(labelName, labelValue, {
            error: ({ code }) =>
              code === "invalid_key"
                ? labelNameAdvice
                : 'labels are names and strings; use { tier: "batch" }',
          })
          .default({})
          .describe("Labels that the pods must also have."),
      }),
    )
      .min(1, { error: "a Fargate profile needs a selector; add one such as { namespace: 'batch' }" })
      .max(5, { error: "EKS allows up to five selectors in a Fargate profile; add another profile" })
      .describe("Selectors for the pods. A pod must match only one of them."),
  },
  cannotRename("fargateProfile"),
).describe("Pods that run on Fargate instead of on nodes. Changing a profile replaces it.");

const AccessOptions = object({
  policy: oneOf(accessPolicies).describe("EKS access policy that defines what the role may do."),
  namespaces: distinct(namespacePattern())
    .default([])
    .describe("Namespaces that the policy applies to. An empty list means the whole cluster."),
}).describe("Access of one IAM role to the Kubernetes API.");

const EksDeploymentOptions = object(
  {
    ...workload,
    replicas: integer(0, 1000, "a Deployment has 0 to 1000 pods; use a whole number")
      .default(2)
      .describe("Number of pods."),
    port: integer(1, 65_535, "a port is 1 to 65535; use a whole number").optional().meta({
      description:
        "TCP port that the container listens on. A pod is ready once the port accepts connections.",
      defaultNote: "none",
    }),
  },
  cannotRename("deployment"),
).describe("One Kubernetes Deployment, rendered as a manifest by `npm run ecr -- manifests`.");

/** EKS of one environment. */
export const EksOptions = object({
  kubernetesVersion: text(
    /^1\.\d{2}$/,
    "this must be a Kubernetes minor version that EKS supports; use a version such as '1.33'",
  ).describe(
    "Kubernetes version of the cluster and its nodes. EKS upgrades one minor version at a time and does not support downgrades.",
  ),
  support: oneOf(["STANDARD", "EXTENDED"])
    .default("EXTENDED")
    .describe(
      "What happens when the standard support of `kubernetesVersion` ends, 14 months after its release: with `EXTENDED`, the cluster keeps its version for 12 months more and costs more per hour; with `STANDARD`, EKS upgrades it.",
    ),
  autoMode: AutoModeOptions.optional().meta({
    description:
      "EKS Auto Mode: EKS creates and replaces nodes as pods need them, instead of or next to `nodeGroups` and `fargateProfiles`.",
    defaultNote: "none",
  }),
  nodeGroups: mapOf(NodeGroupOptions).default({}).describe("Node groups by name."),
  fargateProfiles: mapOf(FargateProfileOptions).default({}).describe("Fargate profiles by name."),
  publicAccessCidrs: distinct(
    z
      .string({
        error:
          "this must be an IPv4 range in CIDR notation; use a string such as '<first address>/<prefix length>'",
      })
      .superRefine((cidr, context) => {
        const message = publicAccessCidrProblem(cidr);
        if (message !== undefined) context.addIssue({ code: "custom", message });
      }),
  )
    .max(40, { error: "EKS allows up to 40 ranges; remove some" })
    .default([])
    .describe(
      "Public IPv4 ranges, `/8` to `/32`, that may reach the Kubernetes API over the internet. With an empty list, only the private endpoint is enabled, which every cluster has.",
    ),
  accessEntries: mapOf(AccessOptions)
    .default({})
    .describe(
      "IAM roles that may use the Kubernetes API, by role ARN. The principal that deploys the cluster does not get access automatically.",
    ),
  logRetentionDays: logRetention()
    .default(90)
    .describe("Days to keep the control plane logs, including the audit log."),
  deployments: mapOf(EksDeploymentOptions).default({}).describe("Deployments by name."),
  jobs: mapOf(EksJobOptions).default({}).describe("Jobs by name, e.g. migrations."),
  cronJobs: mapOf(EksCronJobOptions).default({}).describe("Jobs on a schedule, by name."),
}).describe(
  "An EKS cluster, named `<project>-<environment>`, whose nodes pull from the environment's repositories.",
);

export type EksOptions = z.output<typeof EksOptions>;

/** The options before validation. */
export type UncheckedEks = Unchecked<EksOptions>;

import { z } from "zod";
import { accessPolicies } from "../../modules/eks/cluster-access";
import { architectures } from "../../modules/eks/processor-architecture";
import { publicAccessCidrProblem } from "../../modules/eks/public-access-cidr";
import { distinct, integer, logRetention, mapOf, object, oneOf, text } from "../schema/fields";
import type { Unchecked } from "../schema/unchecked";
import { ImageOptions } from "./image";

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names */
const namespace = () =>
  text(
    /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
    "a namespace has 1 to 63 lower-case letters, digits and hyphens, with no hyphen at the ends; write for example shop",
  );

const namespacePattern = () =>
  text(
    /^[a-z0-9*?][a-z0-9*?-]{0,62}$/,
    "a namespace has up to 63 lower-case letters, digits and hyphens, where * and ? stand for others; write for example batch-*",
  );

const labelNameAdvice =
  "the name of a label has 1 to 63 letters, digits and _.- with letters or digits at the ends, a DNS name and / before it if need be, and * and ? stand for others; write for example tier";

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
const labelName = text(
  /^(?:(?=[^/]{1,253}\/)[a-z0-9*?](?:[a-z0-9.*?-]*[a-z0-9*?])?\/)?[A-Za-z0-9*?](?:[\w.*?-]{0,61}[A-Za-z0-9*?])?$/,
  labelNameAdvice,
);

const labelValue = text(
  /^(?:[A-Za-z0-9*?](?:[\w.*?-]{0,61}[A-Za-z0-9*?])?)?$/,
  "a label has up to 63 letters, digits and _.- with letters or digits at the ends, where * and ? stand for others; write it as a string",
);

const size = (min: number) =>
  integer(min, 450, `a node group has up to 450 nodes; write a whole number from ${min} on`);

const NodeGroupOptions = object({
  instanceTypes: distinct(
    text(/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/, "this must be an EC2 instance type; write for example m7i.large"),
  )
    .min(1, { error: "a node group needs an instance type; add one" })
    .max(20, { error: "EKS takes up to 20 instance types; remove some" })
    .describe("Instance types of its nodes, all of one architecture. Changing them replaces the group."),
  architecture: oneOf(architectures)
    .default("x86_64")
    .describe("Processor of its nodes. They run Amazon Linux 2023. Changing it replaces the group."),
  minSize: size(0)
    .default(2)
    .describe(
      "Least number of nodes, and the number to begin with. At least one group begins with a node, unless CoreDNS runs on Fargate.",
    ),
  maxSize: size(1).default(4).describe("Greatest number of nodes."),
  diskSize: integer(20, 16_384, "the disk of a node has 20 to 16384 GiB; write a whole number")
    .default(50)
    .describe("Size of a node's disk in GiB. It is encrypted."),
}).describe("Nodes on EC2 that EKS manages.");

const FargateProfileOptions = object({
  selectors: distinct(
    object({
      namespace: namespacePattern().describe(
        "Namespace of the pods. `*` stands for any text, `?` for one character.",
      ),
      labels: z
        .record(labelName, labelValue, {
          error: ({ code }) =>
            code === "invalid_key" ? labelNameAdvice : 'labels are names and texts; write { tier: "batch" }',
        })
        .default({})
        .describe("Labels that the pods must have, too."),
    }),
  )
    .min(1, { error: "a profile selects pods; add a selector, for example { namespace: 'batch' }" })
    .max(5, { error: "a profile has up to five selectors; write another profile" })
    .describe("Which pods. One selector that fits is enough."),
}).describe("Pods that run on Fargate instead of nodes. Changing a profile replaces it.");

const AccessOptions = object({
  policy: oneOf(accessPolicies).describe("What the role may do, by the name of AWS's access policy."),
  namespaces: distinct(namespacePattern())
    .default([])
    .describe("Where. An empty list means the whole cluster."),
}).describe("Access of one IAM role to the Kubernetes API.");

const EksDeploymentOptions = object({
  image: ImageOptions,
  namespace: namespace()
    .default("default")
    .describe("Namespace, which has to be there when the manifest is applied."),
  replicas: integer(0, 1000, "this is a number of pods; write a whole number from 0 to 1000")
    .default(2)
    .describe("How many pods run."),
  port: integer(1, 65_535, "a port is 1 to 65535; write a whole number").optional().meta({
    description: "TCP port that the container listens on. A pod counts as ready once it answers.",
    defaultNote: "none",
  }),
  architecture: oneOf(architectures).default("x86_64").describe("Processor that the image was built for."),
  cpu: text(/^(?:[1-9]\d*m|[1-9]\d*)$/, "processor time is whole cores or thousandths; write 1 or 250m")
    .default("250m")
    .describe("Processor time that is set aside for a pod. It may use more."),
  memory: text(/^[1-9]\d*[MG]i$/, "memory is a number and Mi or Gi; write 256Mi")
    .default("256Mi")
    .describe("Memory that is set aside for a pod, and the most that it may use."),
}).describe("One Kubernetes Deployment, rendered as a manifest by `npm run ecr -- manifests`.");

/** EKS of one environment. */
export const EksOptions = object({
  kubernetesVersion: text(
    /^1\.\d{2}$/,
    "this must be a minor version of Kubernetes that EKS supports; write for example '1.33'",
  ).describe("Version of Kubernetes, one minor version up at a time and never down. Nodes follow."),
  nodeGroups: mapOf(NodeGroupOptions).default({}).describe("Node groups by name."),
  fargateProfiles: mapOf(FargateProfileOptions).default({}).describe("Fargate profiles by name."),
  publicAccessCidrs: distinct(
    z
      .string({ error: "a range of addresses is text; write '<first address>/<length of the prefix>'" })
      .superRefine((cidr, context) => {
        const message = publicAccessCidrProblem(cidr);
        if (message !== undefined) context.addIssue({ code: "custom", message });
      }),
  )
    .max(40, { error: "EKS takes up to 40 ranges; remove some" })
    .default([])
    .describe(
      "Public IPv4 ranges that may reach the Kubernetes API over the internet, `/8` to `/32`. An empty list means the private endpoint only, which is there in any case.",
    ),
  accessEntries: mapOf(AccessOptions)
    .default({})
    .describe(
      "Who may use the Kubernetes API, by the ARN of an IAM role. Who deploys the cluster has no access by that alone.",
    ),
  logRetentionDays: logRetention()
    .default(90)
    .describe("How many days the logs of the control plane are kept, audit log included."),
  deployments: mapOf(EksDeploymentOptions).default({}).describe("Deployments by name."),
}).describe(
  "An EKS cluster, called `<project>-<environment>`, whose nodes pull from the environment's repositories.",
);

export type EksOptions = z.output<typeof EksOptions>;

/** The same before validation. */
export type UncheckedEks = Unchecked<EksOptions>;

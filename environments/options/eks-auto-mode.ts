import { architectures } from "../../modules/eks/processor-architecture";
import { boolean, object, oneOf } from "../../modules/values/fields";
import { distinct } from "../schema/fields";

/** https://docs.aws.amazon.com/eks/latest/userguide/automode.html */
export const AutoModeOptions = object({
  enabled: boolean()
    .default(true)
    .describe(
      "Whether Auto Mode is on. To turn it off, set `false` and keep the section: EKS then terminates its nodes and deletes its load balancers.",
    ),
  customNodePools: distinct(oneOf(architectures))
    .default([])
    .describe(
      "Processor architectures of node pools that you create with kubectl. The built-in pool for workloads has x86_64 only.",
    ),
}).describe(
  "EKS Auto Mode: EKS creates and replaces nodes as pods need them, and has networking, storage, load balancing, DNS and the Pod Identity agent built in. Turning it on or off changes the cluster in place.",
);

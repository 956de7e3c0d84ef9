import type { z } from "zod";
import { named, section } from "./fields";
import { ImageOptions } from "./image-options";

const EksDeploymentOptions = section({
  image: ImageOptions,
}).describe("One Kubernetes Deployment, rendered as a manifest.");

/** EKS of one environment. */
export const EksOptions = section({
  deployments: named(EksDeploymentOptions).default({}).describe("Deployments by name."),
}).describe("An EKS cluster whose nodes pull from the environment's repositories.");

export type EksOptions = z.output<typeof EksOptions>;

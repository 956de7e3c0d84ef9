import type { z } from "zod";
import { imageDigestSyntax, imageTagSyntax } from "../../modules/ecr/repository/image-reference";
import { boolean, nonEmpty, object, oneOf, text } from "../../modules/values/fields";
import type { Unchecked } from "../schema/unchecked";

/** The image of a consumer. */
export const ImageOptions = object({
  repository: nonEmpty("this must be the short name of a repository; use a string").describe(
    "Repository of this environment, by short name. ECS and EKS can also run images from a pull-through cache: use the cache's short name, a slash and the path of the image, e.g. `docker-hub/library/nginx`. For an image of another account, use the URL of its repository, e.g. `111122223333.dkr.ecr.us-east-1.amazonaws.com/team/app`: its owner has to allow it, as `npm run ecr -- pull-policies` prints.",
  ),
  tag: text(imageTagSyntax.pattern, imageTagSyntax.advice).optional().meta({
    description: "Tag of the image. In the production tier, the tag must be immutable in its repository.",
    defaultNote: "none",
  }),
  digest: text(imageDigestSyntax.pattern, imageDigestSyntax.advice).optional().meta({
    description: "Digest of the image, which always identifies the same image.",
    defaultNote: "none",
  }),
  awaitsFirstPush: boolean()
    .default(false)
    .describe(
      "Whether no image has been pushed yet. The repository, role and log group are created, but not the service, function or Deployment that runs the image, until you set `tag` or `digest` instead.",
    ),
  managedBy: oneOf(["terraform", "pipeline"])
    .default("terraform")
    .describe(
      "Who deploys later images. With `pipeline`, Terraform creates the service or function with this image, and ignores what a pipeline deploys afterwards: `npm run ecs -- deploy` or `npm run ecr -- lambda deploy`. ECS services, and Lambda functions with an `alias`, only.",
    ),
}).describe("The image to run: a repository, and one of `tag`, `digest` and `awaitsFirstPush`.");

export type ImageOptions = z.output<typeof ImageOptions>;

/** The options before validation. */
export type UncheckedImage = Unchecked<ImageOptions>;

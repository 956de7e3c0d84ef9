import type { z } from "zod";
import { boolean, nonEmpty, object, text } from "../schema/fields";
import type { Unchecked } from "../schema/unchecked";

/** The image of a consumer. */
export const ImageOptions = object({
  repository: nonEmpty("this is the short name of a repository; write it as a string").describe(
    "Repository of this environment, by short name. ECS and EKS also run images of a pull-through cache: its short name, a slash and the path of the image, e.g. `docker-hub/library/nginx`.",
  ),
  tag: text(
    /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/,
    "a tag has 1 to 128 letters, digits, ., _ and - and does not start with . or -; write for example v1.2.3",
  )
    .optional()
    .meta({
      description:
        "Tag of the image. In the production tier only where the repository keeps the tag from moving.",
      defaultNote: "none",
    }),
  digest: text(
    /^sha256:[0-9a-f]{64}$/,
    "a digest is sha256: and 64 hexadecimal digits; write what docker push or aws ecr describe-images prints",
  )
    .optional()
    .meta({ description: "Digest of the image: the one image, for good.", defaultNote: "none" }),
  awaitsFirstPush: boolean()
    .default(false)
    .describe(
      "Say that nothing has been pushed yet. Repository, role and log group are made, and what runs the image is not, until a tag or digest stands here.",
    ),
}).describe("The image that runs: a repository, and one of `tag`, `digest` and `awaitsFirstPush`.");

export type ImageOptions = z.output<typeof ImageOptions>;

/** The same before validation. */
export type UncheckedImage = Unchecked<ImageOptions>;

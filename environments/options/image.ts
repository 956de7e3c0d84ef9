import type { z } from "zod";
import { filled, flag, section, text } from "../schema/fields";
import { type Candidate, withRule } from "../schema/rule";

const ImageShape = section({
  repository: filled("this is the short name of a repository; write it as a string").describe(
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
  awaitsFirstPush: flag()
    .default(false)
    .describe(
      "Say that nothing has been pushed yet. Repository, role and log group are made, and what runs the image is not, until a tag or digest stands here.",
    ),
}).describe("The image that runs: a repository, and one of `tag`, `digest` and `awaitsFirstPush`.");

/** The image of a consumer. */
export const ImageOptions = withRule(ImageShape, ({ tag, digest, awaitsFirstPush }, { problem }) => {
  const given = [tag !== undefined, digest !== undefined, awaitsFirstPush === true].filter(Boolean).length;
  if (given === 0)
    problem(
      [],
      { tag, digest },
      "an image has a tag or a digest; add one, or awaitsFirstPush: true before the first push",
    );
  if (given > 1)
    problem(
      [],
      { tag, digest, awaitsFirstPush },
      "tag, digest and awaitsFirstPush say different things; keep one of them",
    );
});

export type ImageOptions = z.output<typeof ImageOptions>;

/** The same before its shape is known to be right. */
export type ImageCandidate = Candidate<z.output<typeof ImageShape>>;

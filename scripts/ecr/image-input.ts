import { readFileSync } from "node:fs";
import { z } from "zod";
import { renderPath, renderValue } from "../../environments/schema/problem";
import type { Image } from "../../modules/ecr/lifecycle/lifecycle-outcome";
import { valueAt } from "../../modules/values/value-at";
import { CommandError } from "../runner/command";

/** The AWS CLI prints ISO 8601; older versions and other tools print seconds since 1970. */
const time = z
  .union([z.iso.datetime({ offset: true }), z.number()], {
    error: "a time must be ISO 8601 with an offset, or seconds since 1970",
  })
  .transform((value) => new Date(typeof value === "number" ? value * 1000 : value));

const digest = z
  .string({ error: "a digest must be a string" })
  .regex(/^sha256:[0-9a-f]{64}$/, { error: "a digest must be sha256: followed by 64 hexadecimal digits" });

const digests = z.array(digest, { error: "this must be a list of image digests" });

const text = z.string({ error: "this must be a string" });

/** A repository, as `aws ecr describe-images` identifies it in each image. */
export interface RepositoryId {
  /** Account ID. */
  readonly registryId: string;
  /** Name in ECR, e.g. `myproject-prod-web-app`. */
  readonly repositoryName: string;
}

/** Schema of an image in the output of `aws ecr describe-images`; rejects images of other repositories. */
function imageSchema({ registryId, repositoryName }: RepositoryId) {
  const saveRemedy = `save the output of aws ecr describe-images --repository-name ${repositoryName} in the file`;
  return z.object(
    {
      registryId: z
        .literal(registryId, { error: `${repositoryName} is in account ${registryId}; ${saveRemedy}` })
        .optional(),
      repositoryName: z
        .literal(repositoryName, { error: `these must be images of ${repositoryName}; ${saveRemedy}` })
        .optional(),
      imageDigest: digest,
      imageTags: z.array(text, { error: "tags must be a list of strings" }).optional(),
      imagePushedAt: time,
      lastRecordedPullTime: time.optional(),
      lastArchivedAt: time.optional(),
      lastActivatedAt: time.optional(),
      imageStatus: z
        .enum(["ACTIVE", "ARCHIVED", "ACTIVATING"], {
          error: "a status must be ACTIVE, ARCHIVED or ACTIVATING",
        })
        .optional(),
      imageManifestMediaType: text.optional(),
      references: digests.optional(),
      subject: digest.optional(),
    },
    { error: "an image must be an object with imageDigest and imagePushedAt" },
  );
}

/** An image from a file or from ECR, with the media type of its manifest. */
export type ImageInput = Image & { readonly imageManifestMediaType?: string | undefined };

/** Media types of manifest lists. https://github.com/opencontainers/image-spec/blob/main/media-types.md */
export const listTypes = [
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.oci.image.index.v1+json",
];

/** Whether a manifest is a list of manifests. */
export const isList = ({ imageManifestMediaType }: ImageInput): boolean =>
  listTypes.includes(imageManifestMediaType ?? "");

/**
 * Read images from the output of `aws ecr describe-images`, or from its list `imageDetails` alone. Images can have two
 * additional keys: `references`, the digests that a manifest list contains, and `subject`, the digest that a referrer
 * refers to.
 *
 * @param repository the repository to which the images must belong, if the file names one
 * @throws CommandError with every problem in the file. Another repository or account is reported once, for its first
 *   image.
 */
export function imagesInFile(file: string, repository: RepositoryId): ImageInput[] {
  const value = jsonIn(file);
  const images = z.array(imageSchema(repository), { error: `this must be a list of images; ${remedy}` });
  const parsed = (
    Array.isArray(value)
      ? images
      : z.object({ imageDetails: images }, { error: `this must be an object or a list; ${remedy}` })
  ).safeParse(value);
  if (parsed.success) return Array.isArray(parsed.data) ? parsed.data : parsed.data.imageDetails;
  const reported = new Set<string>();
  const issues = parsed.error.issues.filter(({ path }) => {
    const key = String(path.at(-1));
    if (key !== "repositoryName" && key !== "registryId") return true;
    const mismatch = `${key} ${renderValue(valueAt(value, path))}`;
    return !reported.has(mismatch) && reported.add(mismatch);
  });
  throw new CommandError(
    issues
      .map(
        ({ path, message }) =>
          `${file}: ${renderPath(path)}: found ${renderValue(valueAt(value, path))}; ${message}`,
      )
      .join("\n"),
  );
}

const remedy = "save the output of aws ecr describe-images in the file";

function jsonIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new CommandError(`${file}: ${(error as Error).message}; ${remedy}`);
  }
}

/**
 * Digests of images in use: each value is a digest, or a file with one digest per line.
 *
 * @throws CommandError when a value is neither, or a line of a file is not a digest
 */
export function digestsIn(values: readonly string[]): string[] {
  return values.flatMap((value) => {
    if (digest.safeParse(value).success) return [value];
    let content: string;
    try {
      content = readFileSync(value, "utf8");
    } catch {
      throw new CommandError(`--in-use ${value}: neither a digest (sha256:…) nor a readable file`);
    }
    const lines = content.split("\n").map((line) => line.trim());
    lines.forEach((line, index) => {
      if (line !== "" && !digest.safeParse(line).success)
        throw new CommandError(
          `${value}:${index + 1}: found "${line}"; each line must be a digest (sha256:…)`,
        );
    });
    return lines.filter((line) => line !== "");
  });
}

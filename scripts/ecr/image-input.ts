import { readFileSync } from "node:fs";
import { z } from "zod";
import { renderPath, renderValue } from "../../environments/schema/problem";
import type { Image } from "../../modules/ecr/lifecycle/lifecycle-outcome";
import { valueAt } from "../../modules/values/value-at";
import { CommandError } from "../runner/command";

/** The AWS CLI prints ISO 8601; older versions and other tools print seconds since 1970. */
const time = z
  .union([z.iso.datetime({ offset: true }), z.number()], {
    error: "a time is ISO 8601 with an offset, or seconds since 1970",
  })
  .transform((value) => new Date(typeof value === "number" ? value * 1000 : value));

const digest = z
  .string({ error: "a digest is a string" })
  .regex(/^sha256:[0-9a-f]{64}$/, { error: "a digest is sha256: and 64 hexadecimal digits" });

const digests = z.array(digest, { error: "these are the digests of images, as a list" });

const text = z.string({ error: "this is a string" });

/** Where images are kept, as `aws ecr describe-images` says with each of them. */
export interface ImagePlace {
  /** Id of the account. */
  readonly registryId: string;
  /** Name in ECR, e.g. `myproject-prod-web-app`. */
  readonly repositoryName: string;
}

/** One image in the output of `aws ecr describe-images`, of this repository and no other. */
function imageOf({ registryId, repositoryName }: ImagePlace) {
  const remedy = `write the output of aws ecr describe-images --repository-name ${repositoryName} into the file`;
  return z.object(
    {
      registryId: z
        .literal(registryId, { error: `${repositoryName} is in account ${registryId}; ${remedy}` })
        .optional(),
      repositoryName: z
        .literal(repositoryName, { error: `the images are those of ${repositoryName}; ${remedy}` })
        .optional(),
      imageDigest: digest,
      imageTags: z.array(text, { error: "tags are a list of strings" }).optional(),
      imagePushedAt: time,
      lastRecordedPullTime: time.optional(),
      lastArchivedAt: time.optional(),
      lastActivatedAt: time.optional(),
      imageStatus: z
        .enum(["ACTIVE", "ARCHIVED", "ACTIVATING"], { error: "a status is ACTIVE, ARCHIVED or ACTIVATING" })
        .optional(),
      imageManifestMediaType: text.optional(),
      references: digests.optional(),
      subject: digest.optional(),
    },
    { error: "an image is an object with imageDigest and imagePushedAt" },
  );
}

/** An image of a file or a registry, with the type of its manifest. */
export type ImageInput = Image & { readonly imageManifestMediaType?: string | undefined };

/** Manifests that name other images. https://github.com/opencontainers/image-spec/blob/main/media-types.md */
export const listTypes = [
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.oci.image.index.v1+json",
];

/** Whether a manifest is a list of manifests. */
export const isList = ({ imageManifestMediaType }: ImageInput): boolean =>
  listTypes.includes(imageManifestMediaType ?? "");

/**
 * Images from what `aws ecr describe-images` prints, or from its list `imageDetails` alone. Two keys may be added to an
 * image: `references`, the digests that a manifest list names, and `subject`, the digest that a referrer belongs to.
 *
 * @param place the repository whose images they must be, where the file says whose they are
 * @throws CommandError with every place in the file that is wrong. Another repository or account is told once, at the
 *   first of its images.
 */
export function imagesInFile(file: string, place: ImagePlace): ImageInput[] {
  const value = jsonIn(file);
  const images = z.array(imageOf(place), { error: `this is a list of images; ${filling}` });
  const parsed = (
    Array.isArray(value)
      ? images
      : z.object({ imageDetails: images }, { error: `this is an object or a list; ${filling}` })
  ).safeParse(value);
  if (parsed.success) return Array.isArray(parsed.data) ? parsed.data : parsed.data.imageDetails;
  const told = new Set<string>();
  const issues = parsed.error.issues.filter(({ path }) => {
    const key = String(path.at(-1));
    if (key !== "repositoryName" && key !== "registryId") return true;
    const stray = `${key} ${renderValue(valueAt(value, path))}`;
    return !told.has(stray) && told.add(stray);
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

const filling = "write the output of aws ecr describe-images into the file";

function jsonIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new CommandError(`${file}: ${(error as Error).message}; ${filling}`);
  }
}

/**
 * Digests that are in use: each value is a digest, or a file with one in each line.
 *
 * @throws CommandError when a value is neither, or a line of a file is no digest
 */
export function digestsIn(values: readonly string[]): string[] {
  return values.flatMap((value) => {
    if (digest.safeParse(value).success) return [value];
    let text: string;
    try {
      text = readFileSync(value, "utf8");
    } catch {
      throw new CommandError(`--in-use ${value}: this is no digest (sha256:…) and no file that can be read`);
    }
    const lines = text.split("\n").map((line) => line.trim());
    lines.forEach((line, index) => {
      if (line !== "" && !digest.safeParse(line).success)
        throw new CommandError(`${value}:${index + 1}: found "${line}"; a line is a digest: sha256:…`);
    });
    return lines.filter((line) => line !== "");
  });
}

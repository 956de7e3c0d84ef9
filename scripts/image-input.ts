import { readFileSync } from "node:fs";
import { z } from "zod";
import { renderPath } from "../environments/problem";
import type { Image } from "../modules/ecr/lifecycle-simulator";
import { valueAt } from "../modules/value-at";
import { CommandError } from "./command";

/** The AWS CLI prints ISO 8601; older versions and other tools print seconds since 1970. */
const time = z
  .union([z.iso.datetime({ offset: true }), z.number()], {
    error: "a time is ISO 8601 with an offset, or seconds since 1970",
  })
  .transform((value) => new Date(typeof value === "number" ? value * 1000 : value));

const digest = z
  .string({ error: "a digest is a string" })
  .regex(/^sha256:[0-9a-f]{64}$/, { error: "a digest is sha256: and 64 hexadecimal digits" });

const image = z.object({
  imageDigest: digest,
  imageTags: z.array(z.string()).optional(),
  imagePushedAt: time,
  lastRecordedPullTime: time.optional(),
  lastArchivedAt: time.optional(),
  lastActivatedAt: time.optional(),
  imageStatus: z.enum(["ACTIVE", "ARCHIVED", "ACTIVATING"]).optional(),
  imageManifestMediaType: z.string().optional(),
  references: z.array(digest).optional(),
  subject: digest.optional(),
});

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
 * @throws CommandError with every place in the file that is wrong
 */
export function imagesInFile(file: string): ImageInput[] {
  const value = jsonIn(file);
  const parsed = (
    Array.isArray(value) ? z.array(image) : z.object({ imageDetails: z.array(image) })
  ).safeParse(value, { reportInput: true });
  if (parsed.success) return Array.isArray(parsed.data) ? parsed.data : parsed.data.imageDetails;
  throw new CommandError(
    parsed.error.issues
      .map(
        ({ path, message }) =>
          `${file}: ${renderPath(path)}: found ${JSON.stringify(valueAt(value, path)) ?? "nothing"}; ${message}`,
      )
      .join("\n"),
  );
}

function jsonIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new CommandError(
      `${file}: ${(error as Error).message}; write the output of aws ecr describe-images into it`,
    );
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

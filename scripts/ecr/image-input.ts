import { z } from "zod";
import type { Image } from "../../modules/ecr/lifecycle/lifecycle-outcome";
import { manifestListTypes } from "../../modules/ecr/replication/replica-comparison";

const timeAdvice = "a time must be ISO 8601 with an offset, or seconds (not milliseconds) since 1970";

/** ECR started in December 2015. */
const seconds = z
  .number({ error: timeAdvice })
  .min(Date.UTC(2015) / 1000, { error: timeAdvice })
  .max(Date.UTC(2200) / 1000, { error: timeAdvice });

/**
 * Version 2 of the AWS CLI prints ISO 8601. Version 1 prints what the API returns, seconds since 1970, unless
 * `cli_timestamp_format` is `iso8601`.
 *
 * @see https://docs.aws.amazon.com/cli/latest/userguide/cliv2-migration-changes.html#cliv2-migration-timestamp
 */
const time = z
  .union([z.iso.datetime({ offset: true, error: timeAdvice }), seconds], { error: timeAdvice })
  .transform((value) => new Date(typeof value === "number" ? value * 1000 : value));

export const digest = z
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

/**
 * What to do about a file that cannot be used. Without the filter, the AWS CLI lists active images only.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImagesFilter.html
 */
export const saveImages = ({ repositoryName }: RepositoryId): string =>
  `save the output of aws ecr describe-images --repository-name ${repositoryName} --filter imageStatus=ANY in the file`;

/** Schema of an image in the output of `aws ecr describe-images`; rejects images of other repositories. */
export function imageSchema(repository: RepositoryId) {
  const { registryId, repositoryName } = repository;
  const remedy = saveImages(repository);
  const image = z.object(
    {
      registryId: z
        .literal(registryId, { error: `${repositoryName} is in account ${registryId}; ${remedy}` })
        .optional(),
      repositoryName: z
        .literal(repositoryName, { error: `these must be images of ${repositoryName}; ${remedy}` })
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
      imageSizeInBytes: z
        .int({ error: "a size must be a whole number of bytes" })
        .min(0, { error: "a size must be a whole number of bytes" })
        .optional(),
      references: digests.optional(),
      subject: digest.optional(),
      subjectManifestDigest: digest.optional(),
    },
    { error: "an image must be an object with imageDigest and imagePushedAt" },
  );
  return image.transform(
    ({ subjectManifestDigest, subject = subjectManifestDigest, ...details }): ImageInput => ({
      ...details,
      subject,
    }),
  );
}

/** An image from a file or from ECR, with the media type of its manifest and its compressed size. */
export type ImageInput = Image & {
  readonly imageManifestMediaType?: string | undefined;
  readonly imageSizeInBytes?: number | undefined;
};

/** Whether a manifest is a list of manifests. */
export const isList = ({ imageManifestMediaType }: Pick<ImageInput, "imageManifestMediaType">): boolean =>
  manifestListTypes.includes(imageManifestMediaType ?? "");

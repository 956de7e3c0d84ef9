import { readFileSync } from "node:fs";
import { z } from "zod";
import { renderPath, renderValue } from "../../environments/schema/problem";
import { valueAt } from "../../modules/values/value-at";
import { CommandError } from "../runner/command";
import { type ImageInput, imageSchema, type RepositoryId, saveImages } from "./image-input";

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
  const remedy = saveImages(repository);
  const value = jsonIn(file, remedy);
  const images = z.array(imageSchema(repository), { error: `this must be a list of images; ${remedy}` });
  const output = z.object(
    { imageDetails: images, NextToken: noToken(remedy), nextToken: noToken(remedy) },
    { error: `this must be an object or a list; ${remedy}` },
  );
  const parsed = (Array.isArray(value) ? images : output).safeParse(value);
  if (!parsed.success)
    throw new CommandError(linesOf(file, value, withoutRepeats(parsed.error.issues, value)));
  const path = Array.isArray(value) ? [] : ["imageDetails"];
  return eachOnce(file, path, Array.isArray(parsed.data) ? parsed.data : parsed.data.imageDetails);
}

/**
 * The AWS CLI prints `NextToken` after `--max-items`, and the API returns `nextToken` before its last page.
 *
 * @see https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-pagination.html
 */
const noToken = (remedy: string) =>
  z
    .null({
      error: `the list is incomplete: there are more images; ${remedy}, without --max-items and --no-paginate`,
    })
    .optional();

/** What a problem in a file needs: the path of the value, and the rule with the remedy. */
type Issue = Pick<z.core.$ZodIssue, "path" | "message">;

function linesOf(file: string, value: unknown, issues: readonly Issue[]): string {
  return issues
    .map(
      ({ path, message }) =>
        `${file}: ${renderPath(path)}: found ${renderValue(valueAt(value, path))}; ${message}`,
    )
    .join("\n");
}

/** Of several images with the same foreign repository or account, the first. */
function withoutRepeats(issues: readonly Issue[], value: unknown): Issue[] {
  const reported = new Set<string>();
  return issues.filter(({ path }) => {
    const key = String(path.at(-1));
    if (key !== "repositoryName" && key !== "registryId") return true;
    const mismatch = `${key} ${renderValue(valueAt(value, path))}`;
    return !reported.has(mismatch) && reported.add(mismatch);
  });
}

/**
 * The images without those that are listed again, e.g. because two pages overlap.
 *
 * @throws CommandError when an image is listed again with other details
 */
function eachOnce(file: string, path: readonly PropertyKey[], images: readonly ImageInput[]): ImageInput[] {
  const first = new Map<string, { readonly index: number; readonly details: string }>();
  const problems: string[] = [];
  const once = images.filter((image, index) => {
    const details = JSON.stringify({ ...image, imageTags: image.imageTags?.toSorted() });
    const earlier = first.get(image.imageDigest);
    if (earlier === undefined) return first.set(image.imageDigest, { index, details });
    if (earlier.details !== details)
      problems.push(
        `${file}: ${renderPath([...path, index, "imageDigest"])}: found "${image.imageDigest}"; ${renderPath([...path, earlier.index])} is the same image with other details; list each image once`,
      );
    return false;
  });
  if (problems.length > 0) throw new CommandError(problems.join("\n"));
  return once;
}

function jsonIn(file: string, remedy: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new CommandError(`${file}: ${(error as Error).message}; ${remedy}`);
  }
}

import { readFileSync } from "node:fs";
import { valueAt } from "../../modules/values/value-at";
import { imagesInFile } from "../ecr/image-file";
import type { ImageInput } from "../ecr/image-input";
import { CommandError } from "../runner/command";

/** The images of one repository. */
export interface RepositoryImages {
  readonly file: string;
  /** Account ID; `undefined` if the file does not say. */
  readonly registryId: string | undefined;
  readonly images: readonly ImageInput[];
}

/**
 * The images in outputs of `aws ecr describe-images`, by the name of their repository, which the first image of a file says.
 * A file without an image says nothing.
 *
 * @throws CommandError with every problem in the files
 */
export function imagesByRepository(files: readonly string[]): Map<string, RepositoryImages> {
  const found = new Map<string, RepositoryImages>();
  const problems: string[] = [];
  for (const file of files) {
    try {
      const { repositoryName, registryId } = repositoryIn(file);
      if (repositoryName === undefined) continue;
      const earlier = found.get(repositoryName);
      if (earlier !== undefined)
        throw new CommandError(`${file}: ${earlier.file} has the images of ${repositoryName} too; give one`);
      const images = imagesInFile(file, { repositoryName, registryId: registryId ?? "" });
      found.set(repositoryName, { file, registryId, images });
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      problems.push(error.message);
    }
  }
  if (problems.length > 0) throw new CommandError(problems.join("\n"));
  return found;
}

interface Named {
  readonly repositoryName: string | undefined;
  readonly registryId: string | undefined;
}

/** The repository of the first image in a file. */
function repositoryIn(file: string): Named {
  const value = jsonIn(file);
  const images = Array.isArray(value) ? value : valueAt(value, ["imageDetails"]);
  if (!Array.isArray(images)) throw new CommandError(`${file}: this is no output of aws ecr describe-images`);
  if (images.length === 0) return { repositoryName: undefined, registryId: undefined };
  const [repositoryName, registryId] = ["repositoryName", "registryId"].map((key) => {
    const text = valueAt(images, [0, key]);
    return typeof text === "string" ? text : undefined;
  });
  if (repositoryName === undefined)
    throw new CommandError(`${file}: the first image has no repositoryName; give all that AWS prints`);
  return { repositoryName, registryId };
}

function jsonIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new CommandError(`${file}: ${(error as Error).message}`);
  }
}

import { type Command, Option } from "commander";
import { inUseOption } from "../ecr/in-use-input";
import { repeated } from "../runner/repeated-option";

/** What the flags of a review say about images. */
export interface ImageOptions {
  /** Files with images, each of one repository. */
  readonly images: readonly string[];
  /** Digests of images in use, and files with such digests. */
  readonly inUse: readonly string[];
}

/** Give a command the flags for images. @param without what happens without `--images`, as the end of a sentence */
export function addImageOptions(command: Command, without: string): Command {
  return command
    .addOption(
      new Option(
        "--images <file>",
        "output of aws ecr describe-images, to show which images a changed lifecycle policy removes; once for each repository",
      )
        .argParser(repeated)
        .default([], without),
    )
    .addOption(inUseOption());
}

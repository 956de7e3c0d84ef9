import type { ConsumerKind } from "../../../environments/options/consumers";
import { chosenEnvironment, type SetExitCode, type VerbOptions, writeResult } from "../verb";
import { imagesJson, imagesText } from "./images-text";
import { pipelineConsumers } from "./pipeline-image";

/** What a command does that prints what consumers of a kind run. @param what they are, e.g. `service` */
export function printStatus(kind: ConsumerKind, what: string, setExitCode: SetExitCode) {
  return async (options: VerbOptions): Promise<void> => {
    const environment = chosenEnvironment(options);
    const consumers = pipelineConsumers(environment, [kind]);
    const { AccountConnection } = await import("../account-connection.js");
    const { readImages } = await import("./read-images.js");
    const { images, problems } =
      consumers.length === 0
        ? { images: [], problems: [] }
        : await readImages(await AccountConnection.open(environment), consumers);
    writeResult(options, { environment: environment.name, images: imagesJson(images), problems }, () =>
      consumers.length === 0
        ? `No ${what} in ${environment.file} has an image with managedBy: "pipeline".\n`
        : imagesText(images),
    );
    for (const problem of problems) process.stderr.write(`${problem}\n`);
    if (problems.length > 0) setExitCode(1);
  };
}

/** The exit codes of such a command. */
export const statusExitCodes = {
  0: "the images are printed",
  1: "an image cannot be read; those that can are printed",
} as const;

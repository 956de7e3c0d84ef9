import type { Layer } from "../../../environments/naming";
import type { Environment } from "../../../environments/plan/environment";
import { CommandError } from "../../runner/command";
import { imagesText } from "./images-text";
import { pipelineConsumers } from "./pipeline-image";

/**
 * Print what runs of the images that pipelines deploy, which no plan shows. Asks AWS only if there are any.
 *
 * @param layers of the diff; empty for all
 * @returns why something could not be read: it does not hide the diff, and makes the command fail
 */
export async function printPipelineImages(
  environment: Environment,
  layers: readonly Layer[],
): Promise<CommandError | undefined> {
  const consumers = pipelineConsumers(environment);
  if (consumers.length === 0 || (layers.length > 0 && !layers.includes("compute"))) return undefined;
  process.stdout.write("\nImages that pipelines deploy, which Terraform ignores:\n");
  try {
    const { AccountConnection } = await import("../account-connection.js");
    const { readImages } = await import("./read-images.js");
    const { images, problems } = await readImages(await AccountConnection.open(environment), consumers);
    process.stdout.write(imagesText(images));
    return problems.length === 0 ? undefined : new CommandError(problems.join("\n"));
  } catch (error) {
    if (error instanceof CommandError) return error;
    throw error;
  }
}

import { describeConsumer } from "../../../environments/plan/consumers";
import { digestIn, type PipelineImage } from "./pipeline-image";

/** The images as text, two lines or more for each consumer. */
export function imagesText(images: readonly PipelineImage[]): string {
  return images.map((image) => `${linesOf(image).join("\n")}\n`).join("");
}

function linesOf({ consumer, declared, running }: PipelineImage): string[] {
  const who = describeConsumer(consumer);
  if (running === undefined)
    return [`${who} is not deployed yet.`, `  Terraform would start it with ${declared}`];
  const { uri, digest, since, tags, notes } = running;
  const named =
    tags === undefined
      ? " (not in its repository any more)"
      : tags.length === 0
        ? ""
        : ` (${tags.join(", ")})`;
  return [
    `${who} runs ${uri}${named}${since === undefined ? "" : ` since ${since.toISOString()}`}`,
    ...notes.map((note) => `  ${note}`),
    uri === declared || (digest !== undefined && digest === digestIn(declared))
      ? "  Terraform would start with the same image."
      : `  Terraform would start with ${declared}`,
  ];
}

/** The images as JSON. */
export function imagesJson(images: readonly PipelineImage[]): object[] {
  return images.map(({ consumer: { kind, name }, declared, running }) => ({
    kind,
    name,
    declared,
    running:
      running === undefined
        ? null
        : {
            ...running,
            digest: running.digest ?? null,
            since: running.since?.toISOString() ?? null,
            tags: running.tags ?? null,
          },
  }));
}

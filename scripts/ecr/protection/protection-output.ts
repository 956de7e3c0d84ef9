import { counted } from "../../../modules/values/counted";
import { newTable } from "../table";
import type { ProtectedRepository } from "./protect-repository";
import type { TaggedImage } from "./protection-plan";

/** What the user asked for. */
interface Asked {
  readonly apply: boolean;
  readonly release: boolean;
}

/** What was found and done in some repositories: a table of tags, and a line for each repository. */
export function protectionText(repositories: readonly ProtectedRepository[], asked: Asked): string {
  const table = newTable(["repository", "Region", "image", "tag", "", "runs in"]);
  for (const { repository, region, toTag, toRelease, toDelete } of repositories) {
    const row = ({ imageDigest, tag, users }: TaggedImage, what: string) =>
      table.push([repository, region, imageDigest.slice(0, 19), tag, what, users.join("\n") || "-"]);
    for (const image of toTag) row(image, asked.apply ? "add" : "would be added");
    for (const image of toRelease) row(image, releaseText(asked));
    for (const image of toDelete) row(image, "stays: its only tag");
  }
  const lines = repositories.flatMap((found) => [summary(found), ...found.missing, ...found.problems]);
  return `${table.length === 0 ? "" : `${table.toString()}\n`}${lines.join("\n")}\n`;
}

const releaseText = ({ apply, release }: Asked): string =>
  release ? (apply ? "remove" : "would be removed") : "no longer needed (--release)";

function summary({
  repository: name,
  region,
  protectedCount,
  unprotected,
  toTag,
  archived,
}: ProtectedRepository): string {
  const repository = `${name} in ${region}`;
  const running = protectedCount + toTag.length + archived.length;
  if (running === 0) return `${repository}: none of its images runs.`;
  const state =
    unprotected === 0 ? "all are protected" : `${counted(unprotected, "is", "are")} not protected`;
  return `${repository}: ${counted(running, "image runs", "images run")}, ${state}.`;
}

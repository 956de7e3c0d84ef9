import type { Forge } from "./forge";

/** Most characters of a comment. https://github.com/orgs/community/discussions/27190 */
export const maxCommentLength = 65_536;

const cutNote = "\n\nThe rest is cut: the job has the whole report.";

/**
 * Write the one comment with a key: the first time it is added, then it is changed.
 *
 * @returns what happened
 */
export async function writeComment(
  forge: Forge,
  key: string,
  text: string,
): Promise<"added" | "changed" | "kept"> {
  const marker = `<!-- ecr-platform: ${key.replaceAll("--", "- -")} -->\n`;
  const body = fitting(`${marker}${text.trim()}`);
  const existing = (await forge.comments()).find((comment) => comment.body.startsWith(marker.trimEnd()));
  if (existing === undefined) await forge.addComment(body);
  else if (existing.body !== body) await forge.changeComment(existing.id, body);
  else return "kept";
  return existing === undefined ? "added" : "changed";
}

/** Cut after a whole line. */
export function fitting(body: string): string {
  if (body.length <= maxCommentLength) return body;
  const kept = body.slice(0, maxCommentLength - cutNote.length);
  return `${kept.slice(0, Math.max(kept.lastIndexOf("\n"), 0))}${cutNote}`;
}

import Table from "cli-table3";
import { type Consumer, describeConsumer } from "../../environments/plan/consumers";
import { renderPath } from "../../environments/schema/problem";
import type { Outcome } from "../../modules/ecr/lifecycle/lifecycle-outcome";
import type { Simulation } from "../../modules/ecr/lifecycle/lifecycle-simulator";

/** The outcome for an image, whether it is in use, and which consumers in the environment file use it. */
export type PreviewedImage = Outcome & { readonly inUse: boolean; readonly usedBy: readonly Consumer[] };

/** The preview in the shape of the result of AWS's own preview, with `inUse` and `usedBy`. */
export function asJson(
  repository: string,
  { summary }: Simulation,
  previewed: readonly PreviewedImage[],
): string {
  const results = previewed.map(({ image, action, appliedRulePriority, reason, inUse: runs, usedBy }) => ({
    imageDigest: image.imageDigest,
    imageTags: image.imageTags ?? [],
    imagePushedAt: image.imagePushedAt.toISOString(),
    ...(action !== "KEEP" && {
      action: { type: action, ...(action === "TRANSITION" && { targetStorageClass: "ARCHIVE" }) },
    }),
    ...(appliedRulePriority !== undefined && { appliedRulePriority }),
    reason,
    inUse: runs,
    usedBy: usedBy.map(({ path }) => renderPath(path)),
  }));
  return `${JSON.stringify({ repository, previewResults: results, summary }, null, 2)}\n`;
}

/** The preview as a table of the images that ECR removes or archives, and a line with the totals. */
export function asText(
  repository: string,
  { summary }: Simulation,
  previewed: readonly PreviewedImage[],
): string {
  const removed = previewed.filter(({ action }) => action !== "KEEP");
  const table = new Table({
    head: ["image", "tags", "pushed", "", "why"],
    style: { head: [], border: [] },
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
  });
  for (const { image, action, reason, inUse: runs, usedBy } of removed)
    table.push([
      shortened(image.imageDigest),
      (image.imageTags ?? []).join(" ") || "-",
      image.imagePushedAt.toISOString().slice(0, 10),
      `${action === "EXPIRE" ? "expires" : "is archived"}${runs ? ` (in use${usedBy.map((consumer) => ` by ${describeConsumer(consumer)}`).join(" and")}!)` : ""}`,
      shortened(reason),
    ]);
  const totals = `${repository}: ${totalsText(summary, previewed.length)}. ECR acts within 24 hours.`;
  return removed.length === 0 ? `${totals}\n` : `${table.toString()}\n${totals}\n`;
}

/** A text with its digests cut to the length that the table shows. */
const shortened = (text: string): string =>
  text.replace(/\bsha256:[0-9a-f]{64}\b/g, (digest) => digest.slice(0, 19));

function totalsText(summary: Simulation["summary"], total: number): string {
  const archived = summary.transitioningImageTotalCounts[0]?.imageTotalCount ?? 0;
  const kept = total - summary.expiringImageTotalCount - archived;
  return [
    counted(total, "image", "images"),
    counted(summary.expiringImageTotalCount, "expires", "expire"),
    counted(archived, "is archived", "are archived"),
    counted(kept, "stays", "stay"),
  ].join(", ");
}

/** A number with its noun or verb, e.g. `1 image`. */
export const counted = (count: number, one: string, several: string): string =>
  `${count} ${count === 1 ? one : several}`;

import { type Consumer, describeConsumer } from "../../environments/plan/consumers";
import { renderPath } from "../../environments/schema/problem";
import type { Outcome } from "../../modules/ecr/lifecycle/lifecycle-outcome";
import type { Simulation } from "../../modules/ecr/lifecycle/lifecycle-simulator";
import { counted } from "../../modules/values/counted";
import { newTable } from "./table";

/** The outcome for an image, whether it is in use, and what uses it. */
export type PreviewedImage = Outcome & {
  readonly inUse: boolean;
  /** Consumers in the environment file. */
  readonly usedBy: readonly Consumer[];
  /** What runs it, e.g. `ECS service prod/web in account 123456789012, us-east-1`. */
  readonly runBy: readonly string[];
};

/** The preview in the shape of the result of AWS's own preview, with `inUse`, `usedBy` and `runBy`. */
export function asJson(
  repository: string,
  { summary }: Simulation,
  previewed: readonly PreviewedImage[],
): string {
  const results = previewed.map(
    ({ image, action, appliedRulePriority, reason, inUse: runs, usedBy, runBy }) => ({
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
      runBy,
    }),
  );
  return `${JSON.stringify({ repository, previewResults: results, summary }, null, 2)}\n`;
}

/** The preview as a table of the images that ECR removes or archives, and a line with the totals. */
export function asText(
  repository: string,
  { summary }: Simulation,
  previewed: readonly PreviewedImage[],
): string {
  const removed = previewed.filter(({ action }) => action !== "KEEP");
  const table = newTable(["image", "tags", "pushed", "", "why"]);
  for (const { image, action, reason, inUse: runs, usedBy, runBy } of removed)
    table.push([
      shortened(image.imageDigest),
      (image.imageTags ?? []).join(" ") || "-",
      image.imagePushedAt.toISOString().slice(0, 10),
      `${action === "EXPIRE" ? "expires" : "is archived"}${runs ? ` (in use${byWhom([...usedBy.map(describeConsumer), ...runBy])}!)` : ""}`,
      shortened(reason),
    ]);
  const totals = `${repository}: ${totalsText(summary, previewed.length)}. ECR acts within 24 hours.`;
  return removed.length === 0 ? `${totals}\n` : `${table.toString()}\n${totals}\n`;
}

/** Who uses an image: the first two, and how many more. */
function byWhom(users: readonly string[]): string {
  const named = users.slice(0, 2).map((user) => ` by ${user}`);
  const more = users.length > 2 ? [` by ${users.length - 2} more`] : [];
  return [...named, ...more].join(" and");
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

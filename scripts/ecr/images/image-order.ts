import type { ImageRow } from "./image-row";

/** What images can be sorted by. `none` keeps the order of ECR, which is none. */
export const imageOrders = ["pushed", "pulled", "size", "tag", "none"] as const;

export type ImageOrder = (typeof imageOrders)[number];

const time = (date: Date | undefined): number => date?.getTime() ?? 0;

/** Tags as people count: `v9` before `v10`. */
export const tagOrder = new Intl.Collator("en", { numeric: true });

/**
 * Newest, latest pulled and largest first; tags from A to Z, untagged images last. Equal images are in the order of their
 * digests, so that the result does not depend on ECR.
 */
const orders: Readonly<Record<ImageOrder, (a: ImageRow, b: ImageRow) => number>> = {
  pushed: (a, b) => time(b.pushed) - time(a.pushed),
  pulled: (a, b) => time(b.pulled) - time(a.pulled),
  size: (a, b) => (b.size ?? 0) - (a.size ?? 0),
  tag: (a, b) =>
    Number(a.tags.length === 0) - Number(b.tags.length === 0) ||
    tagOrder.compare(a.tags[0] ?? "", b.tags[0] ?? ""),
  none: () => 0,
};

/** Compares two images. @param reverse the other way round */
export function imageOrder(order: ImageOrder, reverse: boolean): (a: ImageRow, b: ImageRow) => number {
  const compare = orders[order];
  const sign = reverse ? -1 : 1;
  return (a, b) => sign * compare(a, b) || (a.digest < b.digest ? -1 : a.digest > b.digest ? 1 : 0);
}

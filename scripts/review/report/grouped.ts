import { groupBy } from "../../../modules/values/group-by";

/** What has the same key is together, in the order of the first of each group. */
export const grouped = <T>(all: readonly T[], keyOf: (one: T) => unknown): T[][] => [
  ...groupBy(all, (one) => JSON.stringify(keyOf(one))).values(),
];

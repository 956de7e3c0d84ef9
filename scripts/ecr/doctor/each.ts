import { groupBy } from "../../../modules/values/group-by";
import type { FoundState } from "./finding";

/** Requests at a time: AWS's rates are per account, and others use it too. */
const width = 8;

/** How many subjects with the same error are named. */
const named = 3;

/** What was found for one subject of a check. */
export interface Looked<Item> {
  readonly item: Item;
  readonly found: readonly FoundState[];
}

/**
 * Check several subjects, e.g. repositories, a few at a time. One that cannot be read is unknown, and stops no other.
 *
 * @param title what messages call a subject
 * @param reason why AWS did not answer, in one line
 * @returns what was read, in the order of the subjects, and findings for the rest, of which those with one error are joined
 */
export async function lookAtEach<Item>(
  items: readonly Item[],
  look: (item: Item) => Promise<readonly FoundState[]>,
  { title, reason }: { title: (item: Item) => string; reason: (error: Error) => string },
): Promise<{ readonly looked: readonly Looked<Item>[]; readonly unknown: readonly FoundState[] }> {
  const looked: (Looked<Item> | undefined)[] = [];
  const failed: { readonly index: number; readonly item: Item; readonly error: Error }[] = [];
  const queue = items.entries();
  const work = async () => {
    for (const [index, item] of queue)
      try {
        looked[index] = { item, found: await look(item) };
      } catch (error) {
        failed.push({ index, item, error: error as Error });
      }
  };
  await Promise.all(Array.from({ length: width }, work));
  failed.sort((a, b) => a.index - b.index);
  const unknown = [...groupBy(failed, ({ error }) => error.name).values()].flatMap((same): FoundState[] => {
    const lines = same.slice(0, named).map(({ item, error }): FoundState => {
      return { state: "unknown", text: `${title(item)} cannot be read: ${reason(error)}` };
    });
    const more = same.length - named;
    const rest: FoundState = {
      state: "unknown",
      text: `${more} more cannot be read, for the same reason.`,
    };
    return more > 0 ? [...lines, rest] : lines;
  });
  return { looked: looked.filter((one) => one !== undefined), unknown };
}

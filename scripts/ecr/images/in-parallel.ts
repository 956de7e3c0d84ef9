/** Requests at a time: AWS's rates are per account, and others use it too. */
const width = 8;

/**
 * Do something for each item, several at a time, in batches that keep their order, so that neither the items nor the results
 * are in memory as a whole.
 */
export async function* inParallel<Item, Result>(
  items: AsyncIterable<Item>,
  work: (item: Item) => Promise<Result>,
  size: number = width,
): AsyncGenerator<Result> {
  for await (const batch of inBatches(items, size)) yield* await Promise.all(batch.map(work));
}

/** The items in lists of at most `size`. */
export async function* inBatches<Item>(items: AsyncIterable<Item>, size: number): AsyncGenerator<Item[]> {
  let batch: Item[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/**
 * The first items of an order, with no more than these in memory: a binary heap whose root is the last of them.
 */
export class FirstInOrder<Item> {
  private readonly heap: Item[] = [];

  /**
   * @param limit how many are kept; `Infinity` for all
   * @param before negative if its first argument comes first, as for `Array.sort`
   */
  constructor(
    private readonly limit: number,
    private readonly before: (a: Item, b: Item) => number,
  ) {}

  add(item: Item): void {
    const { heap, limit } = this;
    if (limit <= 0) return;
    if (heap.length < limit) {
      heap.push(item);
      this.rise(heap.length - 1);
    } else if (this.before(item, heap[0] as Item) < 0) {
      heap[0] = item;
      this.sink();
    }
  }

  /** How many are kept now. */
  get held(): number {
    return this.heap.length;
  }

  /** What is kept, in order. */
  sorted(): Item[] {
    return this.heap.toSorted(this.before);
  }

  private rise(from: number): void {
    const { heap } = this;
    for (let child = from, parent = (child - 1) >> 1; child > 0; child = parent, parent = (child - 1) >> 1) {
      if (this.before(heap[parent] as Item, heap[child] as Item) >= 0) return;
      this.swap(parent, child);
    }
  }

  private sink(): void {
    const { heap } = this;
    for (let parent = 0; ; ) {
      let last = parent;
      for (const child of [2 * parent + 1, 2 * parent + 2])
        if (child < heap.length && this.before(heap[child] as Item, heap[last] as Item) > 0) last = child;
      if (last === parent) return;
      this.swap(parent, last);
      parent = last;
    }
  }

  private swap(a: number, b: number): void {
    const { heap } = this;
    [heap[a], heap[b]] = [heap[b] as Item, heap[a] as Item];
  }
}

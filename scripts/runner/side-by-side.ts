import { HeldOutput, liveOutput, type Output } from "./output";

/**
 * Run tasks side by side, and show what each prints whole and in the order of the tasks. One at a time, they print
 * directly. A failed task stops no other.
 *
 * @param limit how many tasks run at a time, at least 1
 * @returns how each task ended, in the order of the tasks
 */
export async function sideBySide<T>(
  tasks: readonly ((output: Output) => Promise<T>)[],
  limit: number,
): Promise<PromiseSettledResult<T>[]> {
  const results: PromiseSettledResult<T>[] = [];
  const waiting = tasks.map((task, index) => ({ task, index, output: new HeldOutput() }));
  const unshown = waiting.map(({ output }) => output);
  const queue = waiting.values();
  const work = async () => {
    for (const { task, index, output } of queue) {
      [results[index]] = await Promise.allSettled([task(limit === 1 ? liveOutput : output)]);
      while (results[tasks.length - unshown.length] !== undefined) unshown.shift()?.show();
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, tasks.length) }, work));
  return results;
}

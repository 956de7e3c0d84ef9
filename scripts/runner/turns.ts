/** Tasks that may run beside others, from their call to their end. */
const shared = new Set<Promise<unknown>>();

/** The last task that has to run alone. */
let lastAlone: Promise<unknown> = Promise.resolve();

/** Run a task beside others, after the tasks before it that have to run alone. */
export function beside<T>(task: () => Promise<T>): Promise<T> {
  const running = lastAlone.then(task);
  shared.add(running);
  const remove = () => shared.delete(running);
  running.then(remove, remove);
  return running;
}

/** Run a task when every task before it has ended, and let those after it wait. */
export function alone<T>(task: () => Promise<T>): Promise<T> {
  const running = Promise.allSettled([lastAlone, ...shared]).then(task);
  lastAlone = running.catch(() => undefined);
  return running;
}

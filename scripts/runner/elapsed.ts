/** Start measuring. @returns a function that gives the time since then in whole seconds, e.g. `(12 s)` */
export function stopwatch(): () => string {
  const start = performance.now();
  return () => `(${Math.round((performance.now() - start) / 1000)} s)`;
}

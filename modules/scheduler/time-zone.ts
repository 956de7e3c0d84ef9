/**
 * Why a text is no time zone, as "rule; remedy"; `undefined` when it is one.
 *
 * @see https://www.iana.org/time-zones the time zone database, whose names AWS takes
 */
export function timeZoneProblem(name: string): string | undefined {
  const advice = `"${name}" is not in the time zone database; use a name such as Europe/Berlin, or UTC`;
  // Node.js also takes offsets, which AWS does not.
  if (!/^[A-Za-z][\w+-]*(?:\/[\w+-]+){0,2}$/.test(name)) return advice;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return undefined;
  } catch {
    return advice;
  }
}

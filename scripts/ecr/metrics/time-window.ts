/** A stretch of time in periods of equal length, whose bounds are multiples of the length in UTC. */
export interface TimeWindow {
  readonly start: Date;
  /** Exclusive; the last period may not be over. */
  readonly end: Date;
  /** Seconds. */
  readonly period: number;
}

const hour = 60 * 60;
const day = 24 * hour;

/** Up to this many days, a period is an hour. */
const hourlyUpTo = 3;

/** The last days, the current one included: by hour if they are few, else by day. */
export function lastDays(days: number, now: Date): TimeWindow {
  const period = days <= hourlyUpTo ? hour : day;
  const seconds = now.getTime() / 1000;
  const end = (Math.floor(seconds / period) + 1) * period;
  return { start: new Date((end - days * day) * 1000), end: new Date(end * 1000), period };
}

/** Number of periods. */
export const periodsOf = ({ start, end, period }: TimeWindow): number =>
  Math.round((end.getTime() - start.getTime()) / 1000 / period);

/** Index of the period of a time; `undefined` if it is outside. */
export function periodOf(time: Date, window: TimeWindow): number | undefined {
  const index = Math.floor((time.getTime() - window.start.getTime()) / 1000 / window.period);
  return index >= 0 && index < periodsOf(window) ? index : undefined;
}

/** A number for each period, all 0. */
export const emptySeries = (window: TimeWindow): number[] => new Array(periodsOf(window)).fill(0);

/** The beginnings of the periods. */
export const beginningsOf = (window: TimeWindow): Date[] =>
  emptySeries(window).map((_, index) => new Date(window.start.getTime() + index * window.period * 1000));

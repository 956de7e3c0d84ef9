import { InvalidArgumentError } from "commander";

/** What a number in an option may be. */
export interface NumberBounds {
  /** The least. */
  readonly from: number;
  /** The most. @default - no limit */
  readonly to?: number;
  /** What is counted, e.g. `days`. @default - nothing is named */
  readonly unit?: string;
  /** What else the option takes, for the message. */
  readonly or?: string;
}

/**
 * A parser for an option whose value is a whole number.
 *
 * @throws InvalidArgumentError when the value is none, or not in the bounds
 */
export const wholeNumber =
  ({ from, to = Number.MAX_SAFE_INTEGER, unit, or }: NumberBounds) =>
  (value: string): number => {
    const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
    if (number >= from && number <= to) return number;
    const what = unit === undefined ? "a whole number" : `a whole number of ${unit}`;
    const bounds = to === Number.MAX_SAFE_INTEGER ? ` of at least ${from}` : `, ${from} to ${to}`;
    throw new InvalidArgumentError(`Use ${what}${bounds}${or === undefined ? "" : `, or ${or}`}.`);
  };

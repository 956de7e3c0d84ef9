import { InvalidArgumentError } from "commander";

/** Value of `--limit`: a number, or `all`. */
export function limitOption(value: string): number {
  if (value === "all") return Number.POSITIVE_INFINITY;
  if (!/^[1-9]\d{0,6}$/.test(value))
    throw new InvalidArgumentError("Use a whole number of at least 1, or all.");
  return Number(value);
}

import { wholeNumber } from "../../runner/whole-number";

const count = wholeNumber({ from: 1, or: "all" });

/** Value of `--limit`: a number, or `all`. */
export const limitOption = (value: string): number =>
  value === "all" ? Number.POSITIVE_INFINITY : count(value);

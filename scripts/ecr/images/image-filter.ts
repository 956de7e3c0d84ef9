import { patternMatcher } from "../../../modules/ecr/lifecycle/tag-pattern";
import type { Scan } from "../image/scan";
import type { ImageKind, ImageRow } from "./image-row";

const day = 24 * 60 * 60 * 1000;

/** Which images are listed. */
export interface ImageFilter {
  /** Patterns of tags; one tag has to match one of them. */
  readonly tag?: readonly string[];
  readonly tagged?: boolean;
  readonly untagged?: boolean;
  readonly signed?: boolean;
  readonly unsigned?: boolean;
  readonly kind?: ImageKind;
  readonly status?: string;
  /** Days since the push, at least. */
  readonly pushedBefore?: number;
  /** Days since the last pull, at least; what was never pulled counts from its push. */
  readonly notPulledFor?: number;
  /** Bytes, at least. */
  readonly largerThan?: number;
}

/** Whether an image is listed, by what DescribeImages tells. @param now to count the days from */
export function imageFilter(filter: ImageFilter, now: Date): (row: ImageRow) => boolean {
  const patterns = filter.tag?.map(patternMatcher);
  const olderThan = (days: number, since: Date | undefined) =>
    since !== undefined && now.getTime() - since.getTime() >= days * day;
  const tests: ((row: ImageRow) => boolean)[] = [];
  const when = <T>(option: T | undefined, test: (row: ImageRow, value: T) => boolean) => {
    if (option !== undefined) tests.push((row) => test(row, option));
  };
  when(patterns, ({ tags }, matchers) => tags.some((tag) => matchers.some((matches) => matches(tag))));
  when(filter.tagged, ({ tags }) => tags.length > 0);
  when(filter.untagged, ({ tags }) => tags.length === 0);
  when(filter.signed, ({ signed }) => signed);
  when(filter.unsigned, ({ signed, kind }) => !signed && kind !== "referrer");
  when(filter.kind, ({ kind }, wanted) => kind === wanted);
  when(filter.status, ({ status }, wanted) => status === wanted);
  when(filter.pushedBefore, ({ pushed }, days) => olderThan(days, pushed));
  when(filter.notPulledFor, ({ pushed, pulled }, days) => olderThan(days, pulled ?? pushed));
  when(filter.largerThan, ({ size }, bytes) => (size ?? 0) >= bytes);
  return (row) => tests.every((test) => test(row));
}

/** States of a scan that can be asked for. */
export const scanStates = ["done", "waiting", "impossible"] as const satisfies readonly Scan["state"][];

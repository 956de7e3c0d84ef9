/** A range of IPv4 addresses. */
export interface IpRange {
  /** The first address as a number, 0 to 2³² - 1. */
  readonly first: number;
  /** Number of leading bits that all addresses share, 0 to 32. */
  readonly prefixLength: number;
}

const octet = "(0|[1-9]\\d?|1\\d\\d|2[0-4]\\d|25[0-5])";
const notation = new RegExp(`^${octet}\\.${octet}\\.${octet}\\.${octet}/(\\d|[12]\\d|3[0-2])$`);

/**
 * Parse CIDR notation, e.g. `10.0.0.0/16`.
 *
 * @returns `undefined` for any other text. Host bits may be set; `first` is then the address as written
 * @see https://www.rfc-editor.org/rfc/rfc4632
 */
export function parseRange(text: string): IpRange | undefined {
  const [, ...parts] = notation.exec(text) ?? [];
  if (parts.length === 0) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, prefixLength = 0] = parts.map(Number);
  return { first: ((a * 256 + b) * 256 + c) * 256 + d, prefixLength };
}

/** CIDR notation of a range. */
export function formatRange({ first, prefixLength }: IpRange): string {
  const octets = [24, 16, 8, 0].map((bits) => Math.floor(first / 2 ** bits) % 256);
  return `${octets.join(".")}/${prefixLength}`;
}

/** Number of addresses in a range. */
export const sizeOf = ({ prefixLength }: IpRange): number => 2 ** (32 - prefixLength);

/** The range with the host bits of its address cleared. */
export function aligned(range: IpRange): IpRange {
  return { ...range, first: range.first - (range.first % sizeOf(range)) };
}

/** Whether every address of the inner range is in the outer one. */
export function contains(outer: IpRange, inner: IpRange): boolean {
  return outer.first <= inner.first && inner.first + sizeOf(inner) <= outer.first + sizeOf(outer);
}

/** Whether two ranges have an address in common. */
export function overlap(a: IpRange, b: IpRange): boolean {
  return a.first < b.first + sizeOf(b) && b.first < a.first + sizeOf(a);
}

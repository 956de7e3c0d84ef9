import type { Amount, CostLine } from "./cost-line";
import type { Price, PriceName } from "./prices";

/** What a number of images to keep would save in one repository or replica, in a month. */
export interface Saving {
  /** Name in ECR. */
  readonly repositoryName: string;
  readonly region: string;
  /** Images that would expire, and that the declared policy keeps. */
  readonly expiring: number;
  /** Those of them that consumers of the environment run. */
  readonly expiringInUse: number;
  /** Bytes that would go. */
  readonly bytes: number;
  /** @default - the price file has none for the Region */
  readonly amount: Amount | undefined;
}

/** What an environment costs in a month. */
export interface CostReport {
  /** Name of the environment. */
  readonly environment: string;
  readonly lines: readonly CostLine[];
  /** With `--max-image-count`. */
  readonly whatIf?: { readonly maxImageCount: number; readonly savings: readonly Saving[] };
  /** What was not measured, and why; a sentence each. */
  readonly notes: readonly string[];
  /** What the numbers rest on; a sentence each. */
  readonly assumptions: readonly string[];
}

/** A price that the report needs and the price file lacks. */
export interface MissingPrice {
  readonly region: string;
  readonly name: PriceName;
}

/** The prices that the report needs and the price file lacks, each once. */
export function missingPrices({ lines }: Pick<CostReport, "lines">): MissingPrice[] {
  const missing = new Map(
    lines
      .filter(({ price }) => price === undefined)
      .map(({ region, priceName: name }) => [`${region} ${name}`, { region, name }]),
  );
  return [...missing.values()];
}

/** A price that counts in the report. */
export interface UsedPrice extends Price {
  readonly region: string;
  readonly name: PriceName;
}

/** The prices that count in the report, each once. */
export function usedPrices({ lines }: Pick<CostReport, "lines">): UsedPrice[] {
  const used = new Map(
    lines.flatMap(({ region, priceName: name, price }) =>
      price === undefined ? [] : [[`${region} ${name}`, { ...price, region, name }] as const],
    ),
  );
  return [...used.values()];
}

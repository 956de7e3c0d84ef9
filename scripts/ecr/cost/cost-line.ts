import { type Price, type PriceName, priceIn } from "./prices";

/** Hours of a month, as AWS's own calculator counts them. */
export const hoursOfMonth = 730;

/** Bytes of a GB as AWS bills storage and transfer. */
export const bytesOfGb = 1024 ** 3;

/** US dollars. Where AWS leaves the price open there are two amounts, else they are equal. */
export interface Amount {
  readonly least: number;
  readonly most: number;
}

/** Parts of the bill. */
export type CostPart =
  | "storage"
  | "replication"
  | "scanning"
  | "keys"
  | "secrets"
  | "connectivity"
  | "balancers";

/** One line of a cost estimate, for a month. */
export interface CostLine {
  readonly part: CostPart;
  /** What is billed, e.g. `myproject-prod-web-app`. */
  readonly item: string;
  readonly region: string;
  readonly quantity: number;
  readonly unit: string;
  readonly priceName: PriceName;
  /** @default - the price file has none for the Region */
  readonly price: Price | undefined;
  /** @default - without a price there is none */
  readonly amount: Amount | undefined;
}

type Billed = Pick<CostLine, "part" | "item" | "region" | "quantity" | "unit" | "priceName">;

/** A line with its price and amount. */
export function costLine(billed: Billed): CostLine {
  const price = priceIn(billed.region, billed.priceName);
  return { ...billed, price, amount: price && amountOf(price, billed.quantity) };
}

/** What a quantity costs. Only the units beyond a tier cost the price of that tier. */
export function amountOf({ usd, mostUsd = usd, beyond }: Price, quantity: number): Amount {
  const above = beyond === undefined ? 0 : Math.max(0, quantity - beyond.units);
  const higher = above * (beyond?.usd ?? 0);
  const lower = quantity - above;
  return { least: lower * usd + higher, most: lower * mostUsd + higher };
}

/** The sum of all lines that have a price. */
export const totalOf = (lines: readonly Pick<CostLine, "amount">[]): Amount =>
  lines.reduce(
    (sum, { amount }) => ({
      least: sum.least + (amount?.least ?? 0),
      most: sum.most + (amount?.most ?? 0),
    }),
    { least: 0, most: 0 },
  );

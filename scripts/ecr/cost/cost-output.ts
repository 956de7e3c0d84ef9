import { counted } from "../../../modules/values/counted";
import { sizeText } from "../../../modules/values/size-text";
import { newTable } from "../table";
import { type Amount, type CostPart, totalOf } from "./cost-line";
import { type CostReport, missingPrices, type Saving, usedPrices } from "./cost-report";

const partNames: Readonly<Record<CostPart, string>> = {
  storage: "storage",
  replication: "replication",
  scanning: "enhanced scanning",
  keys: "KMS keys",
  secrets: "secrets",
  connectivity: "endpoints and NAT",
  balancers: "load balancers",
};

/** US dollars, e.g. `$1.50`, or `$1.50 to $6.75` where AWS leaves the price open. */
export function dollars({ least, most }: Amount): string {
  const text = (usd: number) => `$${usd.toFixed(2)}`;
  return text(least) === text(most) ? text(least) : `${text(least)} to ${text(most)}`;
}

/** The report as tables, with the assumptions and the sources of the prices. */
export function asText(report: CostReport): string {
  const { environment, lines, notes, assumptions, whatIf } = report;
  const table = newTable(["", "item", "Region", "quantity", "price", "a month"]);
  for (const { part, item, region, quantity, unit, price, amount } of lines)
    table.push([
      partNames[part],
      item,
      region,
      `${quantityText(quantity)} ${unit}${quantity === 1 ? "" : "s"}`,
      price === undefined ? "not known" : `$${price.usd}${price.unsure === undefined ? "" : " (unsure)"}`,
      amount === undefined ? "not known" : dollars(amount),
    ]);
  const parts = Object.entries(partNames).flatMap(([part, name]) => {
    const of = lines.filter((line) => line.part === part);
    return of.length === 0 ? [] : [`${name} ${dollars(totalOf(of))}`];
  });
  return `${[
    table.toString(),
    `${environment}: ${dollars(totalOf(lines))} a month: ${parts.join(", ")}.`,
    ...missingText(report),
    ...(whatIf === undefined ? [] : ["", whatIfText(whatIf.maxImageCount, whatIf.savings)]),
    ...listText("Not measured", notes),
    ...listText("Assumptions", assumptions),
    ...listText("Prices", pricesText(report)),
  ].join("\n")}\n`;
}

function missingText(report: CostReport): string[] {
  const missing = missingPrices(report);
  return missing.length === 0
    ? []
    : [
        `The total lacks ${missing.map(({ region, name }) => `${name} in ${region}`).join(", ")}: scripts/ecr/cost/prices.ts has no such price. Read it on AWS's page and add it.`,
      ];
}

function whatIfText(maxImageCount: number, savings: readonly Saving[]): string {
  const table = newTable(["repository", "Region", "images that expire", "in use", "freed", "saved a month"]);
  for (const { repositoryName, region, expiring, expiringInUse, bytes, amount } of savings)
    table.push([
      ...[repositoryName, region, expiring, expiringInUse === 0 ? "-" : `${expiringInUse}!`],
      sizeText(bytes),
      amount === undefined ? "not known" : dollars(amount),
    ]);
  const inUse = savings.reduce((sum, { expiringInUse }) => sum + expiringInUse, 0);
  return [
    table.toString(),
    `maxImageCount: ${maxImageCount} would save ${dollars(totalOf(savings))} a month.${inUse === 0 ? "" : ` It would remove ${counted(inUse, "image", "images")} in use.`}`,
  ].join("\n");
}

function pricesText(report: CostReport): string[] {
  return usedPrices(report).map(({ region, name, usd, mostUsd, asOf, source, via, unsure }) => {
    const amount = mostUsd === undefined ? `$${usd}` : `$${usd} to $${mostUsd}`;
    return `${name} in ${region}: ${amount}, ${asOf === undefined ? "day not known" : `as of ${asOf}`}, ${source}${via === undefined ? "" : ` (quoted by ${via})`}${unsure === undefined ? "" : `; UNSURE: ${unsure}`}`;
  });
}

const listText = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ["", `${title}:`, ...lines.map((line) => `- ${line}`)];

const quantityText = (quantity: number): string =>
  Number.isInteger(quantity) ? quantity.toLocaleString("en-US") : quantity.toFixed(3);

/** The same as JSON. Amounts are US dollars for a month. */
export function asJson(report: CostReport): object {
  const { environment, lines, notes, assumptions, whatIf } = report;
  return {
    ...{ environment, currency: "USD", period: "month", total: totalOf(lines) },
    parts: Object.fromEntries(
      Object.keys(partNames).map((part) => [part, totalOf(lines.filter((line) => line.part === part))]),
    ),
    lines: lines.map(({ price, amount, priceName, ...line }) => ({
      ...line,
      price: priceName,
      usd: price?.usd ?? null,
      amount: amount ?? null,
    })),
    missingPrices: missingPrices(report),
    ...(whatIf !== undefined && {
      whatIf: {
        maxImageCount: whatIf.maxImageCount,
        saved: totalOf(whatIf.savings),
        repositories: whatIf.savings.map((saving) => ({ ...saving, amount: saving.amount ?? null })),
      },
    }),
    ...{ notes, assumptions },
    prices: usedPrices(report).map(({ asOf, unsure, ...price }) => ({
      ...price,
      asOf: asOf ?? null,
      unsure: unsure ?? null,
    })),
  };
}

/**
 * AWS list prices in US dollars, without taxes, free tiers and discounts.
 *
 * This is the only file with prices. To add a Region or renew a price: read it on AWS's page or in AWS's price list, and write
 * the day. The prices here come from dated copies and quotes of those; `via` names the page, where it has an address. One whose
 * day or origin is not certain says why it is `unsure`. A price that no one has read is left out: the command then says that it
 * is missing.
 */

/** What is billed. */
export type PriceName =
  /** A GB-month in the standard storage class. */
  | "storage"
  /** A GB-month in the archive storage class. */
  | "archive"
  /** A GB that is restored from the archive. */
  | "restore"
  /** The first scan of an image by Amazon Inspector. */
  | "initialScan"
  /** Another scan of an image by Amazon Inspector. */
  | "rescan"
  /** A GB that is sent to another Region. */
  | "transfer"
  /** An hour of an interface endpoint in one Availability Zone. */
  | "endpointHour"
  /** A GB through interface endpoints. */
  | "endpointGb"
  | "natGatewayHour"
  /** A GB through a NAT gateway. */
  | "natGatewayGb"
  /** An hour of an Application Load Balancer, without its capacity units. */
  | "loadBalancerHour"
  /** An hour of a public IPv4 address. */
  | "publicIpv4Hour"
  /** A month of a KMS key, without its rotations. */
  | "kmsKeyMonth"
  /** A month of a secret, without requests. */
  | "secretMonth";

/** One price. */
export interface Price {
  /** US dollars for one unit. */
  readonly usd: number;
  /** The most that it can be, where AWS's pages leave open which of two prices counts. @default - `usd` */
  readonly mostUsd?: number;
  /** Another price for what is beyond a number of units in a month. @default - none */
  readonly beyond?: { readonly units: number; readonly usd: number };
  /** When AWS had it, as `YYYY-MM-DD`, or only the month or year that is known; `undefined` if not even that is. */
  readonly asOf: string | undefined;
  /** AWS's page or price list. */
  readonly source: string;
  /** The page that quotes it. @default - a copy of the price list */
  readonly via?: string;
  /** Why it may be wrong. @default - it was read in AWS's price list, or in a dated copy of AWS's page */
  readonly unsure?: string;
}

const ecrPage = "https://aws.amazon.com/ecr/pricing/";
const inspectorPage = "https://aws.amazon.com/inspector/pricing/";
const privateLinkPage = "https://aws.amazon.com/privatelink/pricing/";
const balancerPage = "https://aws.amazon.com/elasticloadbalancing/pricing/";
const balancerRegions = "https://cal53.calculator.city/aws-alb-cost-calculator/";
const vpcPage = "https://aws.amazon.com/vpc/pricing/";
const transferPage = "https://aws.amazon.com/ec2/pricing/on-demand/#Data_Transfer";
const priceList = (service: string, region: string) =>
  `https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/${service}/current/${region}/index.json`;

const cloudburn = "https://cloudburn.io/blog/amazon-ecr-pricing";
const tokyoStorage = "https://devjapan.com/";
const tokyoScans = "https://qiita.com/uirole/items/8d094bf343be39c76c99";
const singapore = "https://basavytix.com/blog/aws-nat-gateway-pricing";

/** AWS does not say which rate counts for replication. */
const transferUnsure =
  "AWS's ECR page bills transfers to services in other Regions like those to the internet, and does not name replication; other pages bill transfers between Regions at the lower rate";

/** 150 TB in GB. */
const archiveTier = 150 * 1024;

const archive = (asOf: string, via: string): Price => ({
  ...{ usd: 0.1, beyond: { units: archiveTier, usd: 0.07 } },
  ...{ asOf, source: ecrPage, via },
});

/** @see https://aws.amazon.com/kms/pricing/ it names one price for all Regions */
const kmsKeyMonth: Price = { usd: 1, asOf: "2026-03", source: "https://aws.amazon.com/kms/pricing/" };

/** The page names one price for all Regions. A replica of a secret would be another secret. */
const secretMonth: Price = {
  ...{ usd: 0.4, asOf: "2026-09-20", source: "https://aws.amazon.com/secrets-manager/pricing/" },
  via: "https://github.com/api-evangelist/amazon-secrets-manager/blob/main/plans/amazon-secrets-manager-plans-pricing.yml",
};

/** The page names one price for all Regions. */
const publicIpv4Hour: Price = { usd: 0.005, asOf: "2026-09-29", source: vpcPage };

const endpointGb: Price = { usd: 0.01, asOf: "2026-09-29", source: privateLinkPage };

/** `USW2-NatGateway-Hours` and `-Bytes` have the same number. */
const natOregon: Price = {
  ...{ usd: 0.045, asOf: undefined, source: priceList("AmazonEC2", "us-west-2") },
  unsure: "quoted from AWS's price list by a public project, without a date",
};

const everywhere = { kmsKeyMonth, secretMonth, publicIpv4Hour, endpointGb };

/** Prices by Region. */
export const prices: Readonly<Record<string, Readonly<Partial<Record<PriceName, Price>>>>> = {
  "us-east-1": {
    ...everywhere,
    storage: { usd: 0.1, asOf: "2026-03", source: ecrPage, via: cloudburn },
    archive: archive(
      "2026-03",
      "https://hub.pointfive.co/inefficiencies/ecr-archive-storage-class-used-below-150-tb-threshold",
    ),
    initialScan: { usd: 0.09, asOf: "2026-03", source: inspectorPage, via: cloudburn },
    rescan: { usd: 0.01, asOf: "2026-03", source: inspectorPage, via: cloudburn },
    transfer: { usd: 0.02, mostUsd: 0.09, asOf: "2026-06", source: transferPage, unsure: transferUnsure },
    endpointHour: { usd: 0.01, asOf: "2026-09-29", source: priceList("AmazonVPC", "us-east-1") },
    natGatewayHour: { usd: 0.045, asOf: "2026-08-01", source: priceList("AmazonEC2", "us-east-1") },
    natGatewayGb: { usd: 0.045, asOf: "2026-08-01", source: priceList("AmazonEC2", "us-east-1") },
    loadBalancerHour: {
      ...{ usd: 0.0225, asOf: "2026-05-08", source: balancerPage },
      via: "https://cloud-horizons.com/blog/alb-the-line-item-nobody-watches/",
    },
  },
  "us-west-2": {
    ...everywhere,
    storage: {
      ...{ usd: 0.1, asOf: "2026-08", source: ecrPage },
      unsure: "from a bill that a customer published: 12.1 GB-months for $1.21",
    },
    transfer: {
      ...{ usd: 0.02, mostUsd: 0.09, asOf: undefined, source: transferPage },
      via: "https://www.redresscompliance.com/aws-inter-region-transfer-costs-multiregion.html",
      unsure: `quoted from AWS's page without a date; ${transferUnsure}`,
    },
    endpointHour: { usd: 0.01, asOf: "2026-10-06", source: priceList("AmazonVPC", "us-west-2") },
    natGatewayHour: natOregon,
    natGatewayGb: natOregon,
  },
  "eu-west-1": {
    ...everywhere,
    storage: {
      ...{ usd: 0.1, asOf: undefined, source: priceList("AmazonECR", "eu-west-1") },
      unsure: "from a copy of the price list, without a date",
    },
    endpointHour: {
      ...{ usd: 0.011, asOf: "2026", source: priceList("AmazonVPC", "eu-west-1") },
      unsure: "from a bill that a customer published: 3,840 hours for $42.24",
    },
    natGatewayHour: { usd: 0.048, asOf: "2026-10-02", source: priceList("AmazonEC2", "eu-west-1") },
    natGatewayGb: { usd: 0.048, asOf: "2026-10-02", source: priceList("AmazonEC2", "eu-west-1") },
    loadBalancerHour: {
      ...{ usd: 0.0252, asOf: undefined, source: balancerPage, via: balancerRegions },
      unsure: "quoted from AWS's page without a date",
    },
  },
  "eu-central-1": {
    ...everywhere,
    endpointHour: { usd: 0.012, asOf: "2026-09-22", source: priceList("AmazonVPC", "eu-central-1") },
    natGatewayHour: {
      ...{ usd: 0.052, asOf: "2026-09-28", source: priceList("AmazonEC2", "eu-central-1") },
      unsure: "from a calculation that a customer published: $75.92 a month for two",
    },
  },
  "ap-northeast-1": {
    ...everywhere,
    storage: { usd: 0.1, asOf: "2026-03-22", source: ecrPage, via: tokyoStorage },
    archive: archive("2026-03-22", tokyoStorage),
    restore: { usd: 0.03, asOf: "2026-03-22", source: ecrPage, via: tokyoStorage },
    initialScan: {
      ...{ usd: 0.11, asOf: undefined, source: inspectorPage, via: tokyoScans },
      unsure: "quoted from AWS's page without a date",
    },
    rescan: {
      ...{ usd: 0.01, asOf: undefined, source: inspectorPage, via: tokyoScans },
      unsure: "quoted from AWS's page without a date",
    },
  },
  "ap-southeast-1": {
    ...everywhere,
    natGatewayHour: {
      ...{ usd: 0.059, asOf: undefined, source: vpcPage, via: singapore },
      unsure: "quoted from AWS's page without a date",
    },
    natGatewayGb: {
      ...{ usd: 0.059, asOf: undefined, source: vpcPage, via: singapore },
      unsure: "quoted from AWS's page without a date",
    },
  },
};

/** The price in a Region; `undefined` if nobody has read it. */
export const priceIn = (region: string, name: PriceName): Price | undefined =>
  Object.hasOwn(prices, region) ? prices[region]?.[name] : undefined;

import type { SharedOptions, SharedRepository } from "../../environments/environment";

/** What every environment has. */
export const company = {
  project: "shop",
  region: "eu-west-1",
  tags: { CostCenter: "4711" },
  security: { kms: { rotationPeriodInDays: 180 } },
} satisfies SharedOptions;

/** What every repository has. */
export const repository = {
  imageTagMutability: "IMMUTABLE",
  scanOnPush: true,
  maxImageCount: 50,
} satisfies SharedRepository;

/** The state bucket of an account. */
export const stateOf = (accountId: string) =>
  ({ backend: "s3", bucket: `shop-tfstate-${accountId}` }) satisfies SharedOptions["state"];

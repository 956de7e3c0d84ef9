import type { EnvironmentInput } from "../../../environments/options/environment";
import type { Report } from "../../../scripts/review/report/report";
import { guide } from "../environments/guide";
import { only } from "../environments/minimal";
import { everyConsumer } from "../every-consumer";
import { reportBetween, stacksOf } from "./edited-stacks";

const base: EnvironmentInput = {
  ...everyConsumer,
  ecr: {
    ...everyConsumer.ecr,
    repositories: {
      ...everyConsumer.ecr?.repositories,
      "batch-worker": { imageTagMutability: "IMMUTABLE", maxImageCount: 50 },
      "checkout-service": { imageTagMutability: "IMMUTABLE", maxImageCount: 50 },
    },
  },
};

/** Encryption, retention, mutability, scanning, access and a repository change at once. */
const damaged: EnvironmentInput = {
  ...everyConsumer,
  deletionProtection: false,
  productionExceptions: (["immutable-tags", "deletion-protection", "scanning-on"] as const).map((rule) => ({
    rule,
    reason: "A review needs something to find.",
  })),
  security: { ...everyConsumer.security, ci: undefined },
  ecr: {
    ...everyConsumer.ecr,
    repositories: {
      ...everyConsumer.ecr?.repositories,
      "checkout-service": {
        imageTagMutability: "MUTABLE",
        maxImageCount: 5,
        scanOnPush: false,
        pullRoleArns: ["arn:aws:iam::210987654321:role/reader-of-another-account"],
      },
    },
  },
};

/** Reviews that look different: dangerous, harmless, and of a new environment with everything in it. */
export const threeReviews = (): Readonly<Record<"dangerous" | "harmless" | "large", Report>> => {
  const before = stacksOf(only(base));
  const stacks = stacksOf(guide);
  return {
    dangerous: reportBetween(before, stacksOf(only(damaged))),
    harmless: reportBetween(before, stacksOf(only({ ...base, tags: { CostCenter: "5678" } }))),
    large: reportBetween(stacks, { ...stacks, ...before }),
  };
};

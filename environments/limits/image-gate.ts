import { atMost, type Limits, limitedBy, nameIn, pages, range, under } from "./limit";

/** Limits of the gate of images. */
export const imageGateLimits: Limits = under("imageGate", {
  maxAgeDays: range("project"),
  repositories: limitedBy("one for each repository and cached image", "project"),
  "repositories.<name>@": nameIn("ecr.repositories"),
  "repositories.<name>.maxAgeDays": range("project"),
  uncheckedAccounts: limitedBy("the accounts whose images consumers run", "project"),
  "uncheckedAccounts[]": atMost(12, "digits", pages.accountId),
  exceptions: limitedBy("one for each digest, check and finding", "project"),
  "exceptions[].digest": atMost(71, "`sha256:` and 64 lowercase hexadecimal digits", pages.ecrImage),
  "exceptions[].finding": atMost(128, "characters without white space", "project"),
  "exceptions[].reason": atMost(2048, "at least 10 without white space at the ends", "project"),
  "exceptions[].expires": atMost(10, "a day of the calendar, as `YYYY-MM-DD`", "project"),
});

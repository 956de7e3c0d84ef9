/** Names of the warnings. An entry of `acceptedWarnings` names one of them. */
export const warningNames = [
  "lifecycle-rule-matches-nothing",
  "lifecycle-rule-shadowed",
  "untagged-expiry-of-multi-architecture",
  "lambda-image-may-go",
  "organization-without-lambda",
  "image-in-use-may-go",
  "lambda-runs-a-tag",
  "cached-image-by-digest",
  "replicas-without-settings",
  "manual-scans-unavailable",
] as const;

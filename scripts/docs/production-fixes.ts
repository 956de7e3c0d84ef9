import type { ProductionRuleName } from "../../environments/options/exceptions";
import type { Entry } from "./warning-fixes";

/** Every production rule, for the page of rules and warnings. Texts are Markdown. */
export const productionFixes: Readonly<Record<ProductionRuleName, Entry>> = {
  "immutable-tags": {
    means: "The tags of repositories, caches and creation templates cannot be overwritten.",
    fix: 'Set `imageTagMutability: "IMMUTABLE"` or `"IMMUTABLE_WITH_EXCLUSION"`.',
  },
  "customer-managed-kms": {
    means: "Images are encrypted with a key of the account.",
    fix: 'Set `ecr.encryptionType: "KMS"`.',
  },
  "scanning-on": {
    means: "Every repository is scanned.",
    fix: "Remove `scanOnPush: false`.",
  },
  "no-force-delete": {
    means: "A repository that holds images cannot be deleted.",
    fix: "Remove `forceDelete`.",
  },
  "deletion-protection": {
    means: "Terraform refuses to destroy keys and repositories.",
    fix: "Remove `deletionProtection: false`.",
  },
  "consumers-run-fixed-images": {
    means: "Services, functions and Deployments run the image that was tested.",
    fix: "Name it by `digest`, or make the repository's tags immutable.",
  },
  "recoverable-secrets": {
    means: "A deleted secret can be restored.",
    fix: "Set `recoveryWindowInDays` to 7 to 30.",
  },
  "nat-per-zone": {
    means: "An Availability Zone that fails does not take the internet access of the others with it.",
    fix: 'Set `network.natGateways: "one-per-zone"` or `"none"`.',
  },
  "no-public-access": {
    means: "No repository policy allows everyone.",
    fix: "Name accounts or roles in `principals`, or add a condition such as `aws:PrincipalOrgID`.",
  },
  "no-foreign-push": {
    means: "Only callers that are named by account or role can push.",
    fix: "Name them, or restrict the statement to pull actions.",
  },
  "no-exec": {
    means: "No one runs commands in the containers of a service.",
    fix: "Remove `exec`, and run a task with [`ecs -- run`](../how-to/ecs.md#one-off-tasks) instead.",
  },
};

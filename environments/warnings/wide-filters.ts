import { wideFilters } from "../../modules/ecr/registry/scanning-settings";
import { type RegistryPlan, usersOf } from "../plan/registry-plan";
import { registrySum } from "../plan/registry-sum";
import type { Located } from "./warning";

/**
 * Scanning filters that also match repositories which no file declares. A registry has 100 filters for each frequency, and
 * names without a common start need one each. Warns the first environment of the registry.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_RegistryScanningRule.html
 */
export function wideFilterWarnings(plans: readonly RegistryPlan[]): Located[] {
  return plans.flatMap((plan): Located[] => {
    const { requests, scanning } = registrySum(plan);
    // 100 filters are enough for these.
    if (scanning.settings === undefined || requests.length <= 100) return [];
    const wide = wideFilters(scanning.settings, requests);
    const [first] = usersOf(plan);
    if (wide.length === 0) return [];
    return [
      {
        warning: "scanning-covers-others",
        file: first.file,
        path: ["naming", "repository"],
        text: `More than 100 repositories have names without a common start, so these scanning filters also match repositories of the registry that no file declares: ${wide.slice(0, 3).join(", ")}${wide.length > 3 ? ` and ${wide.length - 3} more` : ""}. Use names that start alike, and a pattern with that start.`,
      },
    ];
  });
}

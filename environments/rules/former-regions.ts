import { partitionOf } from "../../modules/iam/aws-partition";
import { isRegion } from "../../modules/iam/aws-regions";
import { valueAt } from "../../modules/values/value-at";
import type { UncheckedEnvironment } from "../options/environment";
import type { RuleContext } from "../schema/rule";
import { itemsIn } from "../schema/unchecked";
import { repositoriesOf } from "./sections";

/** Rules for Regions that repositories are no longer replicated to. */
export function formerRegionRules(environment: UncheckedEnvironment, context: RuleContext): void {
  const { region, ecr } = environment;
  const { problem } = context.at("ecr", "formerReplicaRegions");
  const current = destinationRegions(environment);
  for (const [former, index] of itemsIn(ecr?.formerReplicaRegions)) {
    // The schema reports a value that is no Region.
    if (!isRegion(former)) continue;
    if (current.has(former))
      problem([index], former, "a repository is replicated to this Region; remove the Region here");
    if (region === undefined) continue;
    if (former === region)
      problem([index], former, "the environment itself is in this Region; remove the Region here");
    if (partitionOf(former) !== partitionOf(region))
      problem(
        [index],
        former,
        `ECR does not replicate across partitions; use a Region in the partition ${partitionOf(region)}`,
      );
  }
}

/** The Regions of the own account that a repository is replicated to. */
export function destinationRegions(environment: UncheckedEnvironment): Set<unknown> {
  const { accountId } = environment;
  return new Set(
    repositoriesOf(environment)
      .flatMap(([, { replicationDestinations }]) => itemsIn(replicationDestinations))
      .filter(([destination]) => [undefined, accountId].includes(accountOf(destination)))
      .map(([destination]) => valueAt(destination, ["region"])),
  );
}

const accountOf = (destination: unknown) => valueAt(destination, ["registryId"]) as string | undefined;

import { isPrivateEcr, upstreams } from "../../modules/ecr/cache/upstream-registries";
import { partitionOf } from "../../modules/iam/aws-partition";
import { isRegion } from "../../modules/iam/aws-regions";
import type { UncheckedEnvironment } from "../options/environment";
import type { UncheckedCache } from "../options/pull-through-cache";
import type { RuleContext } from "../schema/rule";

/**
 * Rules for a cache of a private registry.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-private-wildcards.html prefixes
 */
export function privateUpstreamRules(
  environment: UncheckedEnvironment,
  cache: UncheckedCache,
  { problem }: RuleContext,
): void {
  const { upstream, upstreamPrefix, prefix } = cache;
  if (upstream === undefined || !upstreams.includes(upstream)) return;
  if (!isPrivateEcr(upstream)) {
    for (const option of ["registryId", "region", "upstreamPrefix"] as const)
      if (cache[option] !== undefined)
        problem([option], cache[option], `${upstream} is no private registry of ECR; remove this option`);
    return;
  }
  if (upstreamPrefix !== undefined && prefix === "ROOT")
    problem(
      ["upstreamPrefix"],
      upstreamPrefix,
      "ECR allows an upstream prefix only for a cache with a prefix of its own; remove prefix or upstreamPrefix",
    );
  otherRegistry(environment, cache, problem);
}

/** AWS documents this upstream for another Region or another account, not for the registry of the cache. */
function otherRegistry(
  environment: UncheckedEnvironment,
  cache: UncheckedCache,
  problem: RuleContext["problem"],
): void {
  const { accountId, region } = environment;
  const { registryId = accountId, region: upstreamRegion = region } = cache;
  if (typeof region !== "string" || typeof upstreamRegion !== "string" || !isRegion(upstreamRegion)) return;
  if (partitionOf(upstreamRegion) !== partitionOf(region))
    problem(
      ["region"],
      upstreamRegion,
      `ECR reads only registries of its own partition; use a Region in the partition ${partitionOf(region)}`,
    );
  else if (registryId === accountId && upstreamRegion === region)
    problem(
      ["upstream"],
      cache.upstream,
      "this is the registry of the cache itself; set registryId or region to another account or Region",
    );
}

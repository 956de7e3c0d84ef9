import { roleParts } from "../../modules/ecr/access/grantee-syntax";
import { cachePrefixProblem, cachePrefixSyntax } from "../../modules/ecr/cache/cache-prefix";
import { existingNameProblem } from "../../modules/ecr/repository/repository-name";
import { namePrefix } from "../naming";
import type { UncheckedEnvironment } from "../options/environment";
import type { UncheckedRequests } from "../options/shared-registry";
import type { RuleContext } from "../schema/rule";
import { entriesIn, itemsIn, namesIn, textsIn } from "../schema/unchecked";
import { destinationRegions } from "./former-regions";
import { registryRules } from "./registry";
import { destinations } from "./repository";

const again = "write the file again with npm run registry -- export";

/** Rules for a registry that several projects share: who owns it, and what the others request. */
export function sharedRegistryRules(environment: UncheckedEnvironment, context: RuleContext): void {
  const { registryOwner, replicaRegistryOwners, registryRequests } = environment.ecr ?? {};
  const owners = entriesOf(replicaRegistryOwners);
  replicaRegistries(environment, owners, context);
  const ownsReplicas = owners.some(([, owner]) => owner === "this-project");
  if (registryOwner === "other-project" && !ownsReplicas && itemsIn(registryRequests).length > 0)
    context.problem(
      ["registryRequests"],
      `${itemsIn(registryRequests).length} of other projects`,
      'only the owner of a registry includes requests; remove them, or set registryOwner: "this-project"',
    );
  for (const [item, index] of itemsIn(registryRequests))
    if (typeof item === "object" && item !== null)
      requestRules(environment, item, context.at("registryRequests", index));
}

/** The entries of a map of words. The schema reports a value that is no map. */
const entriesOf = (map: unknown): [string, unknown][] =>
  typeof map === "object" && map !== null ? Object.entries(map) : [];

function replicaRegistries(
  environment: UncheckedEnvironment,
  owners: readonly [string, unknown][],
  { problem }: RuleContext,
): void {
  const former = itemsIn(environment.ecr?.formerReplicaRegions).map(([item]) => item);
  const regions = [...destinationRegions(environment), ...former];
  for (const [region, owner] of owners)
    if (!regions.includes(region))
      problem(
        ["replicaRegistryOwners", region],
        owner,
        "the environment has no replicas in this Region; remove the entry",
      );
}

function requestRules(
  environment: UncheckedEnvironment,
  requests: UncheckedRequests,
  context: RuleContext,
): void {
  addressRules(environment, requests, context);
  const { project, environment: name } = requests;
  // The other project says how its names start if it has another pattern.
  const prefix =
    typeof project === "string" && typeof name === "string" && requests.nameStart === undefined
      ? `${namePrefix({ project, name })}-`
      : undefined;
  for (const [repository, options] of entriesIn(requests.repositories)) {
    const at = context.at("repositories", repository);
    nameRules(repository, at);
    registryRules(options, at);
    destinations(requests, options, at);
  }
  for (const [repository, options] of entriesIn(requests.unmanagedRepositories)) {
    const at = context.at("unmanagedRepositories", repository);
    nameRules(repository, at);
    registryRules(options, at);
    destinations(requests, options, at);
  }
  for (const [cache, { pullRoleArns }] of entriesIn(requests.pullThroughCaches))
    cacheRules(requests, { cache, prefix, pullRoleArns }, context.at("pullThroughCaches", cache));
  for (const option of ["replicationSources", "cacheReaders"] as const)
    for (const account of namesIn(requests[option]) ?? [])
      if (!/^\d{12}$/.test(account) || account === requests.accountId)
        context.problem([option, account], account, `this must be the ID of another account; ${again}`);
}

function addressRules(
  environment: UncheckedEnvironment,
  requests: UncheckedRequests,
  { problem }: RuleContext,
): void {
  const { accountId, region, ecr } = environment;
  const former = itemsIn(ecr?.formerReplicaRegions).map(([item]) => item);
  const regions = [region, ...destinationRegions(environment), ...former];
  for (const [option, own] of [
    ["accountId", [accountId]],
    ["region", regions],
  ] as const)
    if (typeof own[0] === "string" && typeof requests[option] === "string" && !own.includes(requests[option]))
      problem(
        [option],
        requests[option],
        `these requests are for another registry than this environment's (${own.join(", ")}); include them in an environment of that account and Region`,
      );
}

function nameRules(name: string, { problem }: RuleContext): void {
  const advice = existingNameProblem(name);
  if (advice !== undefined) problem([], name, advice);
}

function cacheRules(
  { accountId }: UncheckedRequests,
  { cache, prefix, pullRoleArns }: { cache: string; prefix: string | undefined; pullRoleArns: unknown },
  { problem }: RuleContext,
): void {
  const rest = prefix !== undefined && cache.startsWith(prefix) ? cache.slice(prefix.length) : undefined;
  if (
    cache !== "ROOT" &&
    prefix !== undefined &&
    (rest === undefined || cachePrefixProblem((short) => `${prefix}${short}`, rest) !== undefined)
  )
    problem([], cache, `this must be a prefix of that environment's caches, after "${prefix}"; ${again}`);
  if (cache !== "ROOT" && prefix === undefined && !cachePrefixSyntax.pattern.test(cache))
    problem([], cache, `${cachePrefixSyntax.advice.split("; ")[0]}; ${again}`);
  for (const [arn, index] of textsIn(pullRoleArns))
    if (typeof accountId === "string" && roleParts(arn).accountId !== accountId)
      problem(
        ["pullRoleArns", index],
        arn,
        `only roles of the account ${accountId} can use a cache; ${again}`,
      );
}

import { roleParts } from "../../modules/ecr/access/grantee-syntax";
import { cachePrefixProblem } from "../../modules/ecr/cache/cache-prefix";
import { existingNameProblem } from "../../modules/ecr/repository/repository-name";
import { namePrefix } from "../naming";
import type { UncheckedEnvironment } from "../options/environment";
import type { UncheckedRequests } from "../options/shared-registry";
import type { RuleContext } from "../schema/rule";
import { entriesIn, itemsIn, namesIn, textsIn } from "../schema/unchecked";
import { registryRules } from "./registry";
import { destinations } from "./repository";

const again = "write the file again with npm run registry -- export";

/** Rules for a registry that several projects share: who owns it, and what the others request. */
export function sharedRegistryRules(environment: UncheckedEnvironment, context: RuleContext): void {
  const { registryOwner, registryRequests } = environment.ecr ?? {};
  if (registryOwner === "other-project" && itemsIn(registryRequests).length > 0)
    context.problem(
      ["registryRequests"],
      `${itemsIn(registryRequests).length} of other projects`,
      'only the owner of a registry includes requests; remove them, or set registryOwner: "this-project"',
    );
  for (const [item, index] of itemsIn(registryRequests))
    if (typeof item === "object" && item !== null)
      requestRules(environment, item, context.at("registryRequests", index));
}

function requestRules(
  environment: UncheckedEnvironment,
  requests: UncheckedRequests,
  context: RuleContext,
): void {
  addressRules(environment, requests, context);
  const { project, environment: name } = requests;
  const prefix =
    typeof project === "string" && typeof name === "string" ? `${namePrefix({ project, name })}-` : undefined;
  for (const [repository, options] of entriesIn(requests.repositories)) {
    const at = context.at("repositories", repository);
    nameRules(repository, prefix, at);
    registryRules(options, at);
    destinations(requests, options, at);
  }
  for (const [repository, options] of entriesIn(requests.unmanagedRepositories)) {
    const at = context.at("unmanagedRepositories", repository);
    nameRules(repository, undefined, at);
    registryRules(options, at);
    destinations(requests, options, at);
  }
  for (const [cache, { pullRoleArns }] of entriesIn(requests.pullThroughCaches))
    cacheRules(requests, { cache, prefix, pullRoleArns }, context.at("pullThroughCaches", cache));
  for (const account of namesIn(requests.replicationSources) ?? [])
    if (!/^\d{12}$/.test(account) || account === requests.accountId)
      context.problem(
        ["replicationSources", account],
        account,
        `this must be the ID of another account; ${again}`,
      );
}

function addressRules(
  { accountId, region }: UncheckedEnvironment,
  requests: UncheckedRequests,
  { problem }: RuleContext,
): void {
  for (const [option, own] of [
    ["accountId", accountId],
    ["region", region],
  ] as const)
    if (typeof own === "string" && typeof requests[option] === "string" && requests[option] !== own)
      problem(
        [option],
        requests[option],
        `these requests are for another registry than this environment's (${own}); include them in an environment of that account and Region`,
      );
}

function nameRules(name: string, prefix: string | undefined, { problem }: RuleContext): void {
  const advice = existingNameProblem(name);
  if (advice !== undefined) problem([], name, advice);
  else if (prefix !== undefined && !name.startsWith(prefix))
    problem([], name, `the names of that environment start with "${prefix}"; ${again}`);
}

function cacheRules(
  { accountId }: UncheckedRequests,
  { cache, prefix, pullRoleArns }: { cache: string; prefix: string | undefined; pullRoleArns: unknown },
  { problem }: RuleContext,
): void {
  const isNamed = prefix !== undefined && cache.startsWith(prefix);
  if (prefix !== undefined && (!isNamed || cachePrefixProblem(prefix, cache.slice(prefix.length))))
    problem([], cache, `this must be a prefix of that environment's caches, after "${prefix}"; ${again}`);
  for (const [arn, index] of textsIn(pullRoleArns))
    if (typeof accountId === "string" && roleParts(arn).accountId !== accountId)
      problem(
        ["pullRoleArns", index],
        arn,
        `only roles of the account ${accountId} can use a cache; ${again}`,
      );
}

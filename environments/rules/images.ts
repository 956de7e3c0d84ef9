import { repositoryNameProblem } from "../../modules/ecr/repository-name";
import { repositoryName } from "../naming";
import type { EnvironmentCandidate } from "../options/environment";
import { type Consumer, consumerCandidates } from "../plan/consumers";
import { cachedImage, cachesOf } from "../plan/pull-through-caches";
import { suggest, unknownName } from "../schema/problem";
import type { RuleContext } from "../schema/rule";
import { namesIn } from "../schema/unchecked-map";

/** Rules between consumers and the repositories whose images they run. */
export function consumerRules(environment: EnvironmentCandidate, { problem }: RuleContext): void {
  const names = namesIn(environment.ecr?.repositories);
  const caches = namesIn(environment.ecr?.pullThroughCache);
  if (names === undefined || caches === undefined) return;
  for (const consumer of consumerCandidates(environment)) {
    const { path, image } = consumer;
    const { repository } = image;
    if (typeof repository !== "string" || repository.trim() === "" || names.includes(repository)) continue;
    const cached = cachedImage(repository, caches);
    if (cached !== undefined) {
      const advice = cachedImageAdvice(environment, consumer.kind, repository);
      if (advice !== undefined) problem([...path, "image", "repository"], repository, advice);
      else if (withoutInternet(environment))
        problem(
          [...path, "image", "repository"],
          repository,
          `the first pull through the cache "${cached.cache}" needs a way to the internet, and the network has no NAT gateway; write natGateways: "single" or "one-per-zone", or push the image to a repository of ecr.repositories`,
        );
      continue;
    }
    // A misspelt cache is meant where the rest is the path of an image.
    const upstreamPath = repository.replace(/^[^/]*/, "");
    const known = [...names, ...caches.map((cache) => `${cache}${upstreamPath}`)];
    const listed = suggest(repository, known) === undefined ? names : known;
    problem(
      [...path, "image", "repository"],
      repository,
      unknownName("ecr.repositories", "repository", repository, listed),
    );
  }
}

/**
 * Whether consumers reach AWS through endpoints alone. What else an existing VPC has is not known here.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html
 */
function withoutInternet({ network }: EnvironmentCandidate): boolean {
  return network?.kind === "own" && network.natGateways === "none";
}

/** Why a consumer cannot run an image of a cache, as "rule; remedy"; `undefined` when it can. */
function cachedImageAdvice(
  environment: EnvironmentCandidate,
  kind: Consumer["kind"],
  repository: string,
): string | undefined {
  const caches = new Map(cachesOf(environment));
  const { cache, path } = cachedImage(repository, [...caches.keys()]) ?? { cache: "", path: "" };
  // https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html
  if (kind === "lambda")
    return `Lambda cannot pull through the cache "${cache}"; push the image to a repository of ecr.repositories`;
  if (path === "") return `"${cache}" is a cache and no image; write the path of the image behind it`;
  if (caches.get(cache)?.upstream === "docker-hub" && !path.includes("/"))
    return `Docker Hub keeps official images below library/; write ${cache}/library/${path}`;
  const { project, name } = environment;
  if (typeof project !== "string" || typeof name !== "string") return undefined;
  // The remedy for a repository of one's own is another name, which is no way out here.
  const [rule] = repositoryNameProblem(repositoryName({ project, name }, repository))?.split("; ") ?? [];
  return rule && `${rule}; write the path alone, as the registry behind "${cache}" has it`;
}

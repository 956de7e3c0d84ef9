import { repositoryNameProblem } from "../../modules/ecr/repository/repository-name";
import { suggest } from "../../modules/values/suggestion";
import type { ConsumerKind } from "../options/consumers";
import type { UncheckedEnvironment } from "../options/environment";
import type { UncheckedImage } from "../options/image";
import { consumerKinds } from "../plan/consumers";
import { looksLikeUrl } from "../plan/other-registries";
import { cachedImage, imageRepositoryName } from "../plan/pull-through-caches";
import { unknownName } from "../schema/problem";
import type { RuleContext } from "../schema/rule";
import { namesIn } from "../schema/unchecked";
import { otherRegistryRules } from "./other-registries";
import { cachesOf, namingOf } from "./sections";

/** Rules for the image of one consumer: its tag or digest, and its repository or cache. */
export function imageRules(
  environment: UncheckedEnvironment,
  kind: ConsumerKind,
  image: UncheckedImage,
  context: RuleContext,
): void {
  oneReference(image, context);
  owner(kind, image, context);
  source(environment, kind, image, context);
}

function oneReference({ tag, digest, awaitsFirstPush }: UncheckedImage, { problem }: RuleContext): void {
  const given = [tag !== undefined, digest !== undefined, awaitsFirstPush === true].filter(Boolean).length;
  if (given === 0)
    problem(
      [],
      { tag, digest },
      "an image needs a tag or a digest; add one, or set awaitsFirstPush: true before the first push",
    );
  if (given > 1)
    problem(
      [],
      { tag, digest, awaitsFirstPush },
      "tag, digest and awaitsFirstPush are mutually exclusive; keep one of them",
    );
}

/** Only some kinds have a command that deploys an image past Terraform. */
function owner(kind: ConsumerKind, { managedBy }: UncheckedImage, { problem }: RuleContext): void {
  if (managedBy === "pipeline" && consumerKinds[kind].pipelineImages !== true)
    problem(
      ["managedBy"],
      managedBy,
      `Terraform deploys the images of ${kind}; remove managedBy, and name each image in the file`,
    );
}

function source(
  environment: UncheckedEnvironment,
  kind: ConsumerKind,
  image: UncheckedImage,
  context: RuleContext,
): void {
  const { repository } = image;
  const { problem } = context;
  const names = namesIn(environment.ecr?.repositories);
  const caches = namesIn(environment.ecr?.pullThroughCache);
  if (names === undefined || caches === undefined) return;
  if (typeof repository !== "string" || repository.trim() === "" || names.includes(repository)) return;
  if (looksLikeUrl(repository)) {
    otherRegistryRules(environment, kind, { ...image, repository }, context);
    return;
  }
  const cached = cachedImage(repository, caches);
  if (cached !== undefined) {
    const advice = cachedImageAdvice(environment, kind, repository);
    if (advice !== undefined) problem(["repository"], repository, advice);
    else if (hasNoInternetAccess(environment))
      problem(
        ["repository"],
        repository,
        `the first pull through the cache "${cached.cache}" needs internet access, and the network has no NAT gateway; set natGateways: "single" or "one-per-zone", or push the image to a repository of ecr.repositories`,
      );
    return;
  }
  // If the name contains the path of an image, the cache is probably misspelled.
  const upstreamPath = repository.replace(/^[^/]*/, "");
  const known = [...names, ...caches.map((cache) => `${cache}${upstreamPath}`)];
  const listed = suggest(repository, known) === undefined ? names : known;
  problem(["repository"], repository, unknownName("ecr.repositories", "repository", repository, listed));
}

/**
 * Whether consumers can reach AWS only through endpoints. The routes of an existing VPC are unknown.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html
 */
function hasNoInternetAccess({ network }: UncheckedEnvironment): boolean {
  return network?.kind === "own" && network.natGateways === "none";
}

/** Why a consumer cannot run an image of a cache, as "rule; remedy"; `undefined` when it can. */
function cachedImageAdvice(
  environment: UncheckedEnvironment,
  kind: ConsumerKind,
  repository: string,
): string | undefined {
  const caches = new Map(cachesOf(environment));
  const { cache, path } = cachedImage(repository, [...caches.keys()]) ?? { cache: "", path: "" };
  // https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html
  const { refusesCaches } = consumerKinds[kind];
  if (refusesCaches !== undefined)
    return `${refusesCaches} cannot pull through the cache "${cache}"; push the image to a repository of ecr.repositories`;
  if (path === "") return `"${cache}" is a cache, not an image; add the path of the image after it`;
  if (caches.get(cache)?.upstream === "docker-hub" && !path.includes("/"))
    return `Docker Hub has official images under library/; use ${cache}/library/${path}`;
  if (caches.get(cache)?.prefix !== undefined)
    return `the repositories of the cache "${cache}" have the prefix ROOT and may be anyone's, so consumers may not pull from them; use a cache without prefix`;
  const naming = namingOf(environment);
  if (naming === undefined) return undefined;
  // The usual remedy is to rename the repository, which does not work for a cached image.
  const [rule] = repositoryNameProblem(imageRepositoryName(naming, repository))?.split("; ") ?? [];
  return rule && `${rule}; use only the path of the image in the upstream registry of "${cache}"`;
}

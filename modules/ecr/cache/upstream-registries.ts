/** A registry that ECR can cache. */
interface UpstreamRegistry {
  /** Its host; `undefined` when each customer has their own, or, for `ecr`, each account and Region. */
  readonly host: string | undefined;
  /** Whether ECR requires credentials for it. */
  readonly credentials: boolean;
}

/**
 * Upstream registries of pull-through caches, by their names in environment files.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreatePullThroughCacheRule.html
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html
 */
const upstreamRegistries = {
  ecr: { host: undefined, credentials: false },
  "ecr-public": { host: "public.ecr.aws", credentials: false },
  kubernetes: { host: "registry.k8s.io", credentials: false },
  quay: { host: "quay.io", credentials: false },
  "docker-hub": { host: "registry-1.docker.io", credentials: true },
  github: { host: "ghcr.io", credentials: true },
  gitlab: { host: "registry.gitlab.com", credentials: true },
  azure: { host: undefined, credentials: true },
  chainguard: { host: "cgr.dev", credentials: true },
} as const satisfies Record<string, UpstreamRegistry>;

export type Upstream = keyof typeof upstreamRegistries;

/** Every upstream, those without credentials first. */
export const upstreams = Object.keys(upstreamRegistries) as [Upstream, ...Upstream[]];

/** Whether ECR requires credentials for this upstream. For the others it accepts none. */
export function needsCredentials(upstream: Upstream): boolean {
  return upstreamRegistries[upstream].credentials;
}

/** Whether each customer of this upstream has their own host, which the file names. */
export function hasOwnHosts(upstream: Upstream): boolean {
  return upstreamRegistries[upstream].host === undefined && !isPrivateEcr(upstream);
}

/** Whether the upstream is a private registry of ECR, in another account or Region. ECR reads it with a role. */
export function isPrivateEcr(upstream: Upstream): boolean {
  return upstream === "ecr";
}

/**
 * Host of an upstream, e.g. `public.ecr.aws`.
 *
 * @param ownHost host of the customer or registry, for an upstream without a fixed one
 * @throws Error when it is missing for such an upstream
 */
export function upstreamHost(upstream: Upstream, ownHost: string | undefined): string {
  const host = upstreamRegistries[upstream].host ?? ownHost;
  if (host === undefined) throw new Error(`${upstream} has no fixed host; pass ownHost`);
  return host;
}

/** An upstream, as the options of a cache name it. */
export interface NamedUpstream {
  readonly upstream: Upstream;
  /** Of a customer's own registry. @default - the fixed host */
  readonly host?: string;
  /** Account of a private registry of ECR. @default - none */
  readonly registryId?: string;
  /** Region of a private registry of ECR. @default - none */
  readonly region?: string;
}

/** The upstream of a host, e.g. of `quay.io`; `undefined` if ECR caches no such registry. */
export function upstreamOfHost(host: string): NamedUpstream | undefined {
  const fixed = upstreams.find((upstream) => upstreamRegistries[upstream].host === host);
  if (fixed !== undefined) return { upstream: fixed };
  const [, registryId, region] = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com$/.exec(host) ?? [];
  if (registryId !== undefined && region !== undefined) return { upstream: "ecr", registryId, region };
  return host.endsWith(".azurecr.io") ? { upstream: "azure", host } : undefined;
}

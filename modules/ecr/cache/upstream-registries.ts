/** A registry whose images ECR can cache. */
interface UpstreamRegistry {
  /** Its host; `undefined` where every customer has one of their own. */
  readonly host: string | undefined;
  /** Whether ECR asks for credentials before it caches anything. */
  readonly credentials: boolean;
}

/**
 * Registries that a pull-through cache stands before, by the names that environment files have for them.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreatePullThroughCacheRule.html
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html
 */
const upstreamRegistries = {
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

/** Whether ECR asks for credentials of this upstream. It takes none of the others. */
export function needsCredentials(upstream: Upstream): boolean {
  return upstreamRegistries[upstream].credentials;
}

/** Whether every customer of this upstream has a host of their own. */
export function hasOwnHosts(upstream: Upstream): boolean {
  return upstreamRegistries[upstream].host === undefined;
}

/**
 * Host of an upstream, e.g. `public.ecr.aws`.
 *
 * @param ownHost the customer's host, for an upstream that {@link hasOwnHosts}
 * @throws Error when such an upstream comes without one
 */
export function upstreamHost(upstream: Upstream, ownHost: string | undefined): string {
  const host = upstreamRegistries[upstream].host ?? ownHost;
  if (host === undefined) throw new Error(`the upstream ${upstream} has no host`);
  return host;
}

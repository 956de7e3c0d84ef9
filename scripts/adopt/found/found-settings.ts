import type { Place } from "../hcl/value";

/** A pull-through cache rule that exists, as AWS or a Terraform state has it. */
export interface FoundCache {
  /** Prefix of its repositories, without the slash, or `ROOT`. */
  readonly prefix: string;
  /** Host of the upstream, e.g. `public.ecr.aws`. */
  readonly upstream: string;
  /** Prefix of the upstream repositories. @default - `ROOT` */
  readonly upstreamPrefix?: string;
  /** ARN of the secret with credentials. @default - none */
  readonly credentialArn?: string;
  readonly place?: Place;
}

/** A repository creation template that exists. */
export interface FoundTemplate {
  readonly prefix: string;
  readonly appliedFor: readonly string[];
  readonly imageTagMutability: string;
  readonly exclusionFilters: readonly string[];
  readonly encryptionType: string;
  /** As JSON. @default - none */
  readonly lifecyclePolicy?: string;
  /** As JSON. @default - none */
  readonly repositoryPolicy?: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly place?: Place;
}

/** The registry policy that exists. */
export interface FoundPolicy {
  /** As JSON. */
  readonly text: string;
  readonly place?: Place;
}

/** What AWS keeps once per registry, besides scanning and replication. */
export interface FoundSettings {
  readonly caches: readonly FoundCache[];
  readonly templates: readonly FoundTemplate[];
  /** Values by AWS's names, e.g. `BLOB_MOUNTING`. */
  readonly accountSettings: Readonly<Record<string, string>>;
  /** ARNs of principals whose pulls do not count. */
  readonly pullTimeExclusions: readonly string[];
  /** @default - the registry has none */
  readonly policy?: FoundPolicy;
}

import { registryHost } from "../../../modules/ecr/repository/repository-address";

/** An image that runs or would be started again, and what runs it. */
export interface RunningImage {
  /** URI of the image, as it was asked for, e.g. `123456789012.dkr.ecr.us-east-1.amazonaws.com/web:v1`. */
  readonly uri: string;
  /** Digest that runs, if it is known. @default - that of the URI, or what its tag names now */
  readonly digest?: string | undefined;
  /** What runs it, e.g. `ECS service prod/web in account 123456789012, us-east-1`. */
  readonly user: string;
}

/** What an image is in a repository: a digest, or a tag where nothing says which digest it was. */
export type RunningReference = { readonly digest: string } | { readonly tag: string };

/**
 * Which image of a repository a running image is.
 *
 * @returns `undefined` for an image of another repository or registry
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html a registry also has a dual-stack host
 */
export function referenceIn(
  { uri, digest: running }: RunningImage,
  repository: { readonly accountId: string; readonly region: string; readonly name: string },
): RunningReference | undefined {
  const [, host, name, tag = "latest", digest = running] =
    /^(?:docker-pullable:\/\/)?([^/]+)\/([^:@]+)(?::([^@]+))?(?:@(sha256:[0-9a-f]{64}))?$/.exec(uri) ?? [];
  if (name !== repository.name || host === undefined || !hostsOf(repository).includes(host)) return undefined;
  const exact = running ?? digest;
  return exact === undefined ? { tag } : { digest: exact };
}

/** The hosts under which a registry serves images. */
function hostsOf(registry: { readonly accountId: string; readonly region: string }): string[] {
  const { accountId, region } = registry;
  const domain = region.startsWith("cn-") ? "on.amazonwebservices.com.cn" : "on.aws";
  return [
    registryHost(registry),
    registryHost(registry).replace(".dkr.ecr.", ".dkr.ecr-fips."),
    `${accountId}.dkr-ecr.${region}.${domain}`,
    `${accountId}.dkr-ecr-fips.${region}.${domain}`,
  ];
}

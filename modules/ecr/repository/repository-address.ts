import { partitionOf, serviceDomain } from "../../iam/aws-partition";

/** Name and location of a repository. */
export interface RepositoryAddress {
  /** Name in ECR, e.g. `myproject-dev-web-app`. */
  readonly name: string;
  /** Account ID of its registry, 12 digits. */
  readonly accountId: string;
  /** Region of its registry, e.g. `us-east-1`. */
  readonly region: string;
  /** @default - the partition of the Region */
  readonly partition?: string;
}

/** ARN of a repository, computed without calling AWS. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html */
export function repositoryArn(address: RepositoryAddress): string {
  const { name, accountId, region, partition = partitionOf(region) } = address;
  return `arn:${partition}:ecr:${region}:${accountId}:repository/${name}`;
}

/**
 * URL that images are pushed to and pulled from, e.g.
 * `123456789012.dkr.ecr.us-east-1.amazonaws.com/myproject-dev-web-app`.
 */
export function repositoryUrl({ name, ...registry }: RepositoryAddress): string {
  return `${registryHost(registry)}/${name}`;
}

/** Host of a registry, e.g. `123456789012.dkr.ecr.us-east-1.amazonaws.com`. */
export function registryHost({ accountId, region }: Pick<RepositoryAddress, "accountId" | "region">): string {
  return `${accountId}.dkr.ecr.${region}.${serviceDomain(region)}`;
}

/**
 * The repository at a URL, e.g. `123456789012.dkr.ecr.us-east-1.amazonaws.com/team/app`; `undefined` for any other text, such
 * as the URL of an image, or a host whose domain is not that of the Region.
 */
export function repositoryAt(url: string): Required<Omit<RepositoryAddress, "partition">> | undefined {
  const found = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.[a-z0-9.-]+\/([a-z0-9._/-]+)$/.exec(url);
  if (found === null) return undefined;
  const [, accountId = "", region = "", name = ""] = found;
  return url === repositoryUrl({ name, accountId, region }) ? { name, accountId, region } : undefined;
}

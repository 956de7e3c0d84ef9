import { partitionOf, serviceDomain } from "../iam/aws-partition";

/** Where a repository is. */
export interface RepositoryAddress {
  /** Name in ECR, e.g. `myproject-dev-web-app`. */
  readonly name: string;
  /** Account of its registry, twelve digits. */
  readonly accountId: string;
  /** Region of its registry, e.g. `us-east-1`. */
  readonly region: string;
}

/** ARN of a repository, known without asking AWS. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html */
export function repositoryArn({ name, accountId, region }: RepositoryAddress): string {
  return `arn:${partitionOf(region)}:ecr:${region}:${accountId}:repository/${name}`;
}

/** Where images are pushed to and pulled from, e.g. `123456789012.dkr.ecr.us-east-1.amazonaws.com/myproject-dev-web-app`. */
export function repositoryUrl({ name, accountId, region }: RepositoryAddress): string {
  return `${accountId}.dkr.ecr.${region}.${serviceDomain(region)}/${name}`;
}

import { partitionOf } from "../../iam/aws-partition";

/**
 * Region that AWS keeps public repositories of every account in. Terraform can manage them only there.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/public/public-registry-auth.html
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecrpublic_repository
 */
export const publicRegion = "us-east-1";

/**
 * Whether accounts of a Region's partition have a public registry.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/ecr-public.html the endpoints are in us-east-1 and us-west-2 only
 */
export function supportsPublicRepositories(region: string): boolean {
  return partitionOf(region) === "aws";
}

/** ARN of a public repository, without a Region. @param name its full name; `*` matches any text */
export function publicRepositoryArn(accountId: string, name: string): string {
  return `arn:aws:ecr-public::${accountId}:repository/${name}`;
}

/**
 * Why no public repository can have this full name, as "rule; remedy"; `undefined` when one can.
 *
 * @see https://docs.aws.amazon.com/AmazonECRPublic/latest/APIReference/API_CreateRepository.html
 */
export function publicNameProblem(name: string): string | undefined {
  if (name.length < 2 || name.length > 205)
    return `a public repository name has 2 to 205 characters and "${name.length > 60 ? `${name.slice(0, 60)}…` : name}" has ${name.length}; choose a name within these limits`;
  if (!/^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/.test(name))
    return `the full name would be "${name}", and ECR Public allows only lowercase letters and digits with single ".", "_", "-" or "/" between them; rename it`;
  return undefined;
}

import { EcrpublicRepository } from "@cdktf/provider-aws/lib/ecrpublic-repository";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";

/** What the gallery says about a repository. Terraform does not remove what is removed here. */
export interface CatalogData {
  /** Up to 1,024 characters. */
  readonly description?: string | undefined;
  /** Markdown of up to 10,240 characters. */
  readonly aboutText?: string | undefined;
  /** Markdown of up to 10,240 characters. */
  readonly usageText?: string | undefined;
  /** Up to 50, e.g. `x86-64`. */
  readonly architectures: readonly string[];
  /** Up to 50, e.g. `Linux`. */
  readonly operatingSystems: readonly string[];
}

export interface PublicRepositoryModuleProps {
  /** Full name, e.g. `myproject-prod-cli`. Changing it replaces the repository. */
  readonly name: string;
  /** Provider for us-east-1. @default - the provider of the stack, which must be for us-east-1 */
  readonly provider?: TerraformProvider;
  readonly catalogData: CatalogData;
  /** Delete the repository even if it contains images. Terraform uses the value of the last apply. */
  readonly forceDelete: boolean;
  /** Whether Terraform refuses to destroy or replace the repository. */
  readonly preventDestroy: boolean;
}

/**
 * A repository in the Amazon ECR Public Gallery. Everyone can pull from it; principals of its account push with
 * `publicPushStatements`. It has no encryption, scanning, lifecycle policy or tag immutability of its own: ECR Public has
 * none of these.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/public/public-repositories.html
 */
export class PublicRepositoryModule extends Construct {
  /** What images are pushed to and pulled from, e.g. `public.ecr.aws/a1b2c3d4/myproject-prod-cli`. */
  readonly repositoryUri: string;

  constructor(scope: Construct, id: string, props: PublicRepositoryModuleProps) {
    super(scope, id);
    const { description, aboutText, usageText, architectures, operatingSystems } = props.catalogData;
    const catalogData = {
      ...(description !== undefined && { description }),
      ...(aboutText !== undefined && { aboutText }),
      ...(usageText !== undefined && { usageText }),
      ...(architectures.length > 0 && { architectures: architectures.toSorted() }),
      ...(operatingSystems.length > 0 && { operatingSystems: operatingSystems.toSorted() }),
    };
    const repository = new EcrpublicRepository(this, "repository", {
      ...(props.provider !== undefined && { provider: props.provider }),
      repositoryName: props.name,
      // An empty block would be a change that Terraform never makes.
      ...(Object.keys(catalogData).length > 0 && { catalogData }),
      forceDestroy: props.forceDelete,
      lifecycle: { preventDestroy: props.preventDestroy },
    });
    this.repositoryUri = repository.repositoryUri;
  }
}

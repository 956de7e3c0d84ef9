import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { EcrRepositoryPolicy } from "@cdktf/provider-aws/lib/ecr-repository-policy";
import { Construct } from "constructs";
import type { Statement } from "../policy-document";
import { repositoryPolicy } from "./repository-policy";
import type { TagMutability } from "./tag-mutability";

/** How images are encrypted. With KMS the key is required: there is no silent change to a weaker key. */
export type Encryption =
  | { readonly type: "AES256" }
  | {
      readonly type: "KMS" | "KMS_DSSE";
      /** ARN of the key itself. An alias would make Terraform replace the repository. */
      readonly kmsKeyArn: string;
    };

export interface EcrModuleProps {
  /** Name in ECR, e.g. `myproject-dev-web-app`. Changing it replaces the repository. */
  readonly name: string;
  /** Whether a pushed tag may be moved. The modes with exclusion need AWS provider 6.8.0. */
  readonly imageTagMutability: TagMutability;
  /** Tags that the mode does not apply to. @default - none */
  readonly imageTagMutabilityExclusionFilters?: readonly string[];
  /** How images are encrypted. Changing it replaces the repository. */
  readonly encryption: Encryption;
  /**
   * The repository's own scan flag. It must say the same as the registry's scanning configuration, which is what
   * counts: AWS is giving up the flag, but scanners and consoles still show it.
   */
  readonly scanOnPush: boolean;
  /** Text of the lifecycle policy. */
  readonly lifecyclePolicy: string;
  /** Statements of the repository policy. @default - no policy: only principals of the account */
  readonly policyStatements?: readonly Statement[];
  /** Delete the repository even with images in it. Terraform takes the value of the last apply. @default false */
  readonly forceDelete?: boolean;
  /** Whether Terraform refuses to destroy or replace the repository. */
  readonly preventDestroy: boolean;
}

/**
 * One private ECR repository with its lifecycle policy and repository policy.
 *
 * Scanning and replication are not here: AWS keeps one such setting for each account and Region, so
 * `EcrRegistryModule` owns them for all repositories together.
 */
export class EcrModule extends Construct {
  readonly repository: EcrRepository;
  // Read once: every read of an attribute makes CDKTF a token with a stack trace of its own.
  /** Where images are pushed to, e.g. `123456789012.dkr.ecr.us-east-1.amazonaws.com/myproject-dev-web-app`. */
  readonly repositoryUrl: string;
  readonly repositoryArn: string;
  readonly repositoryName: string;
  /** Account of the registry. */
  readonly registryId: string;

  constructor(scope: Construct, id: string, props: EcrModuleProps) {
    super(scope, id);
    const { encryption, imageTagMutabilityExclusionFilters = [], policyStatements = [] } = props;
    this.repository = new EcrRepository(this, "repository", {
      name: props.name,
      imageTagMutability: props.imageTagMutability,
      ...(imageTagMutabilityExclusionFilters.length > 0 && {
        imageTagMutabilityExclusionFilter: imageTagMutabilityExclusionFilters
          .toSorted()
          .map((filter) => ({ filter, filterType: "WILDCARD" })),
      }),
      encryptionConfiguration: [
        {
          encryptionType: encryption.type,
          ...(encryption.type !== "AES256" && { kmsKey: encryption.kmsKeyArn }),
        },
      ],
      imageScanningConfiguration: { scanOnPush: props.scanOnPush },
      forceDelete: props.forceDelete ?? false,
      lifecycle: { preventDestroy: props.preventDestroy },
    });
    this.repositoryUrl = this.repository.repositoryUrl;
    this.repositoryArn = this.repository.arn;
    this.repositoryName = this.repository.name;
    this.registryId = this.repository.registryId;
    new EcrLifecyclePolicy(this, "lifecycle_policy", {
      repository: this.repositoryName,
      policy: props.lifecyclePolicy,
    });
    if (policyStatements.length > 0)
      new EcrRepositoryPolicy(this, "policy", {
        repository: this.repositoryName,
        policy: repositoryPolicy(policyStatements),
      });
  }
  /** The repository's own policy, for what relies on a statement in it. @default - nothing is allowed there */
  get repositoryPolicy(): EcrRepositoryPolicy | undefined {
    return this.node.tryFindChild("policy") as EcrRepositoryPolicy | undefined;
  }
}

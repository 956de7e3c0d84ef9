import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { EcrRepositoryPolicy } from "@cdktf/provider-aws/lib/ecr-repository-policy";
import { Lazy, type TerraformProvider, Token } from "cdktf";
import type { Construct } from "constructs";
import { forTerraform, type ResourceStatement } from "../iam/policy-document";
import { keyArnAdvice, keyArnPattern } from "../kms/kms-key-arn";
import { ExistingRepository } from "./access/existing-repository";
import { GrantingRepository } from "./access/granting-repository";
import { RepositoryGrants } from "./access/repository-grants";
import { noLifecyclePolicy } from "./lifecycle/lifecycle-policy";
import type { Encryption } from "./repository/encryption";
import type { RepositoryAddress } from "./repository/repository-address";
import type { TagMutability } from "./repository/tag-mutability";

export interface EcrModuleProps {
  /** Name in ECR, e.g. `myproject-dev-web-app`. Changing it replaces the repository. */
  readonly name: string;
  /** Account that the stack deploys to. Grants use it to tell its roles from those of other accounts. */
  readonly accountId: string;
  /** Region that the stack deploys to, e.g. `us-east-1`. */
  readonly region: string;
  /** Whether a pushed tag may be overwritten. The modes with exclusion need AWS provider 6.8.0. */
  readonly imageTagMutability: TagMutability;
  /** Tags that the mode does not apply to. @default - none */
  readonly imageTagMutabilityExclusionFilters?: readonly string[];
  /** How images are encrypted. Changing it replaces the repository. */
  readonly encryption: Encryption;
  /**
   * The repository's own scan setting. It must match the registry's scanning configuration, which is the one that
   * applies: AWS is deprecating the repository setting, but scanners and consoles still show it.
   */
  readonly scanOnPush: boolean;
  /** Lifecycle policy as JSON; `none`: there is no policy, and no image expires. */
  readonly lifecyclePolicy: string;
  /** What the repository policy grants from the start. Grant methods add to it. @default - nothing */
  readonly grants?: RepositoryGrants;
  /** Statements for the repository policy besides those of grants. @default - none */
  readonly policyStatements?: readonly ResourceStatement[];
  /** Delete the repository even if it contains images. Terraform uses the value of the last apply. @default false */
  readonly forceDelete?: boolean;
  /** Tags, in addition to the default tags of the provider, whose values they replace. @default - none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Whether Terraform refuses to destroy or replace the repository. */
  readonly preventDestroy: boolean;
  /** Provider of the Region that the repository is in. @default - the provider of the stack */
  readonly provider?: TerraformProvider;
}

/**
 * A private ECR repository with its lifecycle policy and, once a grant needs it, its repository policy: one resource,
 * written at synth, whatever is granted and in whatever order.
 *
 * Scanning and replication are not configured here: AWS keeps those settings once per account and Region, so
 * `EcrRegistryModule` owns them for all repositories.
 *
 * @throws Error when the key is not given by its ARN; at synth when the repository policy is longer than ECR allows
 */
export class EcrModule extends GrantingRepository {
  readonly repository: EcrRepository;
  // Read once: every read of an attribute creates a CDKTF token with its own stack trace.
  readonly repositoryUrl: string;
  readonly repositoryArn: string;
  readonly repositoryName: string;
  readonly registryId: string;
  private readonly grants: RepositoryGrants;
  private readonly place: { readonly provider?: TerraformProvider };
  private policy?: EcrRepositoryPolicy;

  constructor(scope: Construct, id: string, props: EcrModuleProps) {
    super(scope, id, { name: props.name, accountId: props.accountId, region: props.region }, props.accountId);
    const { encryption, imageTagMutabilityExclusionFilters = [], policyStatements = [], tags = {} } = props;
    this.place = props.provider === undefined ? {} : { provider: props.provider };
    if (encryption.type !== "AES256") checkKey(props.name, encryption.kmsKeyArn);
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
      ...(Object.keys(tags).length > 0 && { tags }),
      lifecycle: { preventDestroy: props.preventDestroy },
      ...this.place,
    });
    this.repositoryUrl = this.repository.repositoryUrl;
    this.repositoryArn = this.repository.arn;
    this.repositoryName = this.repository.name;
    this.registryId = this.repository.registryId;
    if (props.lifecyclePolicy !== noLifecyclePolicy)
      new EcrLifecyclePolicy(this, "lifecycle_policy", {
        repository: this.repositoryName,
        policy: forTerraform(props.lifecyclePolicy),
        ...this.place,
      });
    this.grants = props.grants ?? new RepositoryGrants(this.address);
    this.writePolicy();
    for (const statement of policyStatements) this.addToPolicy(statement);
  }

  /**
   * A repository that is created elsewhere, to grant roles in this account access to it. Grants that need the
   * repository policy are refused.
   *
   * @throws Error when the repository name or the account ID is not valid
   */
  static fromName(scope: Construct, id: string, address: RepositoryAddress): ExistingRepository {
    return new ExistingRepository(scope, id, address);
  }

  protected onPolicy(_found: unknown, grant: (grants: RepositoryGrants) => void): void {
    grant(this.grants);
    this.writePolicy();
  }

  /** The repository policy exists once something is granted in it; its text is written at synth. */
  private writePolicy(): void {
    const { grants } = this;
    if (this.policy !== undefined || grants.statements().length === 0) return;
    this.policy = new EcrRepositoryPolicy(this, "policy", {
      repository: this.repositoryName,
      policy: Lazy.stringValue({ produce: () => forTerraform(grants.text()) }),
      ...this.place,
    });
  }

  /**
   * The repository policy, for resources that depend on a statement in it. `undefined` while nothing is granted in it.
   */
  get repositoryPolicy(): EcrRepositoryPolicy | undefined {
    return this.node.tryFindChild("policy") as EcrRepositoryPolicy | undefined;
  }
}

function checkKey(repositoryName: string, kmsKeyArn: string): void {
  if (!Token.isUnresolved(kmsKeyArn) && !keyArnPattern.test(kmsKeyArn))
    throw new Error(`${repositoryName}: found ${JSON.stringify(kmsKeyArn)}; ${keyArnAdvice}`);
}

import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { EcrRepositoryPolicy } from "@cdktf/provider-aws/lib/ecr-repository-policy";
import { Lazy, type TerraformProvider, Token } from "cdktf";
import type { Construct } from "constructs";
import { forTerraform } from "../iam/policy-document";
import { ProviderAccount } from "../iam/provider-account";
import { ExistingRepository } from "./access/existing-repository";
import { GrantingRepository } from "./access/granting-repository";
import { RepositoryGrants } from "./access/repository-grants";
import { completeProps, type EcrModuleProps } from "./ecr-module-props";
import { noLifecyclePolicy } from "./lifecycle/lifecycle-policy";
import { type RequestOptions, requestOf } from "./registry/registry-request";
import type { RegistryRequest } from "./registry/registry-requests";
import type { RepositoryAddress } from "./repository/repository-address";

/**
 * A private ECR repository with its lifecycle policy and, once a grant needs it, its repository policy: one resource,
 * written at synth, whatever is granted and in whatever order.
 *
 * Scanning and replication are not configured here: AWS keeps those settings once per account and Region, so
 * `EcrRegistryModule` owns them for all repositories.
 *
 * @throws Error when the name, the key or a lifecycle option is not valid; at synth when the repository policy is
 *   longer than ECR allows
 */
export class EcrModule extends GrantingRepository {
  readonly repository: EcrRepository;
  // Attributes are read once: every read creates a CDKTF token with its own stack trace. Few use these three.
  readonly repositoryName: string;
  private url?: string;
  private arn?: string;
  private registry?: string;
  private readonly place: { readonly provider?: TerraformProvider };
  private readonly account: ProviderAccount;
  private readonly scanOnPush: boolean;
  private givenGrants: RepositoryGrants | undefined;
  private policy?: EcrRepositoryPolicy;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: EcrModuleProps,
  ) {
    super(scope, id);
    const given = completeProps(props, this.node);
    this.account = new ProviderAccount(this, props.provider);
    this.givenGrants = props.grants;
    this.scanOnPush = given.scanOnPush;
    this.place = props.provider === undefined ? {} : { provider: props.provider };
    this.repository = new EcrRepository(this, "repository", {
      name: given.name,
      imageTagMutability: given.imageTagMutability,
      ...(given.imageTagMutabilityExclusionFilters.length > 0 && {
        imageTagMutabilityExclusionFilter: given.imageTagMutabilityExclusionFilters
          .toSorted()
          .map((filter) => ({ filter, filterType: "WILDCARD" })),
      }),
      encryptionConfiguration: [
        {
          encryptionType: given.encryption.type,
          ...(given.encryption.type !== "AES256" && { kmsKey: given.encryption.kmsKeyArn }),
        },
      ],
      imageScanningConfiguration: { scanOnPush: given.scanOnPush },
      // Terraform alone knows this argument, so `false` would be a change of every repository that is imported.
      ...(given.forceDelete && { forceDelete: true }),
      ...(Object.keys(given.tags).length > 0 && { tags: given.tags }),
      lifecycle: {
        preventDestroy: given.preventDestroy,
        // Default tags of the provider are in tags_all only.
        ...(given.ignoreTagChanges && { ignoreChanges: ["tags", "tags_all"] }),
      },
      ...this.place,
    });
    this.repositoryName = this.repository.name;
    if (given.lifecyclePolicy !== noLifecyclePolicy)
      new EcrLifecyclePolicy(this, "lifecycle_policy", {
        repository: this.repositoryName,
        policy: forTerraform(given.lifecyclePolicy),
        ...this.place,
      });
    if (props.grants !== undefined) this.writePolicy();
    for (const statement of given.policyStatements) this.addToPolicy(statement);
  }

  get repositoryUrl(): string {
    this.url ??= this.repository.repositoryUrl;
    return this.url;
  }

  get repositoryArn(): string {
    this.arn ??= this.repository.arn;
    return this.arn;
  }

  get registryId(): string {
    this.registry ??= this.repository.registryId;
    return this.registry;
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

  /**
   * What this repository asks of its registry, for `registrySettings`. It asks for scans as `scanOnPush` says, so that
   * both settings agree.
   *
   * @throws Error when the name is unknown until deploy, or the options contradict each other
   */
  registryRequest(options: RequestOptions = {}): RegistryRequest {
    return requestOf({ name: this.props.name, scanOnPush: this.scanOnPush, source: this.node.path }, options);
  }

  protected get ownAccountId(): string {
    return this.props.accountId ?? this.account.accountId;
  }

  protected get address(): RepositoryAddress {
    const { name, region } = this.props;
    const { ownAccountId: accountId } = this;
    return region === undefined || Token.isUnresolved(region)
      ? { name, accountId, region: region ?? this.account.region, partition: this.account.partition }
      : { name, accountId, region };
  }

  /** Created for the first grant, because it needs the account. */
  private get grants(): RepositoryGrants {
    this.givenGrants ??= new RepositoryGrants(this.address);
    return this.givenGrants;
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

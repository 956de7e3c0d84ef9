import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformProvider, TerraformStack, Token } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { type AccountRegion, partitionOf } from "./aws-partition";

/**
 * The account and Region that an AWS provider works in: literals where its arguments `allowedAccountIds` (with one
 * account) and `region` tell them, otherwise values that Terraform reads from AWS. Each value is looked up when it is
 * first read, and a stack has each data source once per provider.
 */
export class ProviderAccount implements AccountRegion {
  private readonly stack: TerraformStack;
  private readonly aws: AwsProvider | undefined;

  /** @param provider provider of the resources in question. @default - the one of the stack without an alias */
  constructor(
    scope: Construct,
    private readonly provider?: TerraformProvider,
  ) {
    this.stack = TerraformStack.of(scope);
    const candidates = provider === undefined ? this.stack.node.children : [provider];
    this.aws = candidates
      .filter(isAwsProvider)
      .find(({ alias }) => provider !== undefined || alias === undefined);
  }

  get accountId(): string {
    const allowed = this.aws?.allowedAccountIds;
    const [only] = allowed ?? [];
    if (only !== undefined && allowed?.length === 1 && !Token.isUnresolved(allowed)) return only;
    return this.source("caller_identity", (...args) => new DataAwsCallerIdentity(...args)).accountId;
  }

  get region(): string {
    // The attribute `region` needs provider 6.0.0, where `name` is deprecated. Every version has `id`.
    return this.aws?.region ?? this.source("region", (...args) => new DataAwsRegion(...args)).id;
  }

  get partition(): string {
    const region = this.aws?.region;
    if (region !== undefined && !Token.isUnresolved(region)) return partitionOf(region);
    return this.source("partition", (...args) => new DataAwsPartition(...args)).partition;
  }

  private source<T extends Construct>(
    id: string,
    create: (scope: Construct, id: string, config: { provider?: TerraformProvider }) => T,
  ): T {
    const name = ["provider", ...(this.provider === undefined ? [] : [this.provider.node.id])].join("_");
    const scope = (this.stack.node.tryFindChild(name) ?? new Construct(this.stack, name)) as Construct;
    const config = this.provider === undefined ? {} : { provider: this.provider };
    return (scope.node.tryFindChild(id) as T | undefined) ?? create(scope, id, config);
  }
}

function isAwsProvider(construct: IConstruct): construct is AwsProvider {
  return TerraformProvider.isTerraformProvider(construct) && construct.terraformResourceType === "aws";
}

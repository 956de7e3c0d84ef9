import { AwsProvider, type AwsProviderConfig } from "@cdktf/provider-aws/lib/provider";
import { TerraformDataSource, type TerraformElement, TerraformResource } from "cdktf";
import type { Construct, IConstruct, Node } from "constructs";
import { type Layer, tagsOf } from "../environments/naming";
import type { StateLocation } from "../environments/plan/environment";
import type { LiteralEnvironment } from "../environments/plan/literal-environment";
import { contextKey } from "../environments/plan/provider-version";
import { isUnlisted, oldestTerraform, terraformSince } from "../modules/iam/aws-regions";
import { NameScope } from "../modules/terraform/name-scope";
import { type PathPart, resourceName } from "../modules/terraform/resource-name";
import { boundRoles } from "./bounded-roles";
import { SinglePassStack } from "./single-pass-stack";
import { configureBackend } from "./state";

export interface LayerStackProps {
  readonly layer: Layer;
  /** Account, Region, project and tags of the stack. */
  readonly environment: LiteralEnvironment;
  /** Value of the tag Environment. @default - the name of the environment */
  readonly environmentTag?: string;
  /** Regions besides that of the environment, each with a provider. @default - none */
  readonly furtherRegions?: readonly string[];
  /** Location of the state. @default - the state location of the environment */
  readonly state?: StateLocation;
}

/**
 * A stack with the AWS provider for one account and Region, default tags, and a state backend. The provider version
 * comes from the app's context value `awsProviderVersion`.
 */
export abstract class LayerStack extends SinglePassStack {
  /** By their address in Terraform. */
  private readonly addresses = new Map<string, TerraformElement>();
  private readonly providers = new Map<string, AwsProvider>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: LayerStackProps,
  ) {
    super(scope, id);
    const { environment, state = environment.state } = props;
    new AwsProvider(this, "aws", this.providerConfig(environment.region));
    for (const region of props.furtherRegions ?? []) this.addProvider(region);
    this.addOverride("terraform.required_providers.aws.version", this.node.getContext(contextKey));
    const terraform = state.backend === "s3" ? terraformSince(state.region) : oldestTerraform;
    this.addOverride("terraform.required_version", `>= ${terraform}`);
    configureBackend(this, { location: state, stack: id }, environment.accountId);
    boundRoles(this, environment);
  }

  /**
   * The provider for resources in one of the stack's further Regions, which the stack's own provider cannot create.
   *
   * @throws Error when the stack does not have the Region
   */
  protected providerIn(region: string): AwsProvider {
    const provider = this.providers.get(region);
    if (provider === undefined) throw new Error(`${this.node.id} has no provider for ${region}`);
    return provider;
  }

  /** It is `aws.<Region>`, also in the state: Terraform cannot plan what was created with a provider of another name. */
  private addProvider(region: string): void {
    const provider = new AwsProvider(this, `aws_${region}`, {
      ...this.providerConfig(region),
      alias: region,
    });
    this.providers.set(region, provider);
  }

  private providerConfig(region: string): AwsProviderConfig {
    const { layer, environment, environmentTag } = this.props;
    return {
      region,
      ...(isUnlisted(region) && { skipRegionValidation: true }),
      // Terraform stops before it reads or changes anything when the credentials belong to another account.
      allowedAccountIds: [environment.accountId],
      defaultTags: [{ tags: tagsOf(environment, layer, environmentTag) }],
    };
  }

  /**
   * Addresses that people can read, e.g. `aws_ecr_repository.web-app`. Changing an address replaces the resource, so
   * construct IDs are part of what the project promises.
   *
   * @throws Error when two constructs would have one address
   */
  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const isDataSource = TerraformDataSource.isTerraformDataSource(element);
    if (!isDataSource && !TerraformResource.isTerraformResource(element))
      return super.allocateLogicalId(element);
    const name = resourceName(element.terraformResourceType, this.pathTo(element));
    const address = `${isDataSource ? "data." : ""}${element.terraformResourceType}.${name}`;
    const other = this.addresses.get(address);
    if (other !== undefined && other !== element)
      throw new Error(
        `${element.node.path} and ${other.node.path} would both be ${address} in Terraform; rename one of them`,
      );
    this.addresses.set(address, element);
    return name;
  }

  /** The constructs from this stack down to an element. */
  private pathTo(element: TerraformElement): PathPart[] {
    const path: PathPart[] = [];
    let scope: IConstruct = element;
    while (scope !== this) {
      const parent = scope.node.scope as IConstruct;
      const service = scope instanceof NameScope ? scope.service : undefined;
      path.push({ id: scope.node.id, chosen: parent instanceof NameScope, service });
      scope = parent;
    }
    return path.reverse();
  }
}

import { AwsProvider, type AwsProviderConfig } from "@cdktf/provider-aws/lib/provider";
import { TerraformDataSource, type TerraformElement, TerraformResource } from "cdktf";
import type { Construct, IConstruct, Node } from "constructs";
import { type Layer, tagsOf } from "../environments/naming";
import type { StateLocation } from "../environments/plan/environment";
import type { LiteralEnvironment } from "../environments/plan/literal-environment";
import { contextKey } from "../environments/plan/provider-version";
import { isUnlisted, oldestTerraform, terraformSince } from "../modules/iam/aws-regions";
import { NameScope } from "../modules/terraform/name-scope";
import { formerResourceName, type PathPart, resourceName } from "../modules/terraform/resource-name";
import { boundRoles } from "./bounded-roles";
import { SinglePassStack } from "./single-pass-stack";
import { assumedRole, configureBackend } from "./state";

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
  /** The address before of what was renamed, by its address. */
  private readonly formerAddresses = new Map<string, string>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: LayerStackProps,
  ) {
    super(scope, id);
    const { environment, state = environment.state } = props;
    new AwsProvider(this, "aws", this.providerConfig(environment.region));
    for (const region of props.furtherRegions ?? []) this.providerIn(region);
    this.addOverride("terraform.required_providers.aws.version", this.node.getContext(contextKey));
    const terraform = state.backend === "s3" ? terraformSince(state.region) : oldestTerraform;
    this.addOverride("terraform.required_version", `>= ${terraform}`);
    configureBackend(this, { location: state, stack: id }, environment.accountId);
    boundRoles(this, environment);
  }

  /**
   * The provider for resources in another Region of the account, which the stack's own provider cannot create. Resources
   * name it. It is `aws.<Region>` in Terraform, also in the states: renaming it would orphan what it created.
   */
  protected providerIn(region: string): AwsProvider {
    const found = this.providers.get(region);
    if (found !== undefined) return found;
    const provider = new AwsProvider(this, `aws_${region}`, {
      ...this.providerConfig(region),
      alias: region,
    });
    this.providers.set(region, provider);
    return provider;
  }

  private providerConfig(region: string): AwsProviderConfig {
    const { layer, environment, environmentTag } = this.props;
    const { deployRole } = environment;
    return {
      region,
      ...(isUnlisted(region) && { skipRegionValidation: true }),
      // Terraform stops before it reads or changes anything when the credentials belong to another account.
      allowedAccountIds: [environment.accountId],
      ...(deployRole !== undefined && { assumeRole: [assumedRole(deployRole)] }),
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
    const path = this.pathTo(element);
    const name = resourceName(element.terraformResourceType, path);
    const address = `${isDataSource ? "data." : ""}${element.terraformResourceType}.${name}`;
    const other = this.addresses.get(address);
    if (other !== undefined && other !== element)
      throw new Error(
        `${element.node.path} and ${other.node.path} would both be ${address} in Terraform; rename one of them`,
      );
    this.addresses.set(address, element);
    const former = isDataSource ? undefined : formerResourceName(element.terraformResourceType, path);
    if (former !== undefined) this.formerAddresses.set(address, `${element.terraformResourceType}.${former}`);
    return name;
  }

  /**
   * With a `moved` block for each resource of a renamed construct, so that Terraform keeps it. Addresses that are not in the
   * state are ignored.
   *
   * @see https://developer.hashicorp.com/terraform/language/block/moved
   */
  override toTerraform(): ReturnType<SinglePassStack["toTerraform"]> {
    const json = super.toTerraform();
    if (this.formerAddresses.size === 0) return json;
    const moved = [...this.formerAddresses].map(([to, from]) => ({ from, to }));
    return { ...json, moved: [...((json["moved"] as object[] | undefined) ?? []), ...moved] };
  }

  /** The constructs from this stack down to an element. */
  private pathTo(element: TerraformElement): PathPart[] {
    const path: PathPart[] = [];
    let scope: IConstruct = element;
    while (scope !== this) {
      const parent = scope.node.scope as IConstruct;
      const service = scope instanceof NameScope ? scope.service : undefined;
      const { id } = scope.node;
      const chosen = parent instanceof NameScope;
      path.push({ id, chosen, service, former: chosen ? parent.formerNames.get(id) : undefined });
      scope = parent;
    }
    return path.reverse();
  }
}

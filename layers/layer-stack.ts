import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
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

  constructor(scope: Construct, id: string, props: LayerStackProps) {
    super(scope, id);
    const { layer, environment, environmentTag, state = environment.state } = props;
    new AwsProvider(this, "aws", {
      region: environment.region,
      ...(isUnlisted(environment.region) && { skipRegionValidation: true }),
      // Terraform stops before it reads or changes anything when the credentials belong to another account.
      allowedAccountIds: [environment.accountId],
      defaultTags: [{ tags: tagsOf(environment, layer, environmentTag) }],
    });
    this.addOverride("terraform.required_providers.aws.version", this.node.getContext(contextKey));
    const terraform = state.backend === "s3" ? terraformSince(state.region) : oldestTerraform;
    this.addOverride("terraform.required_version", `>= ${terraform}`);
    configureBackend(this, { location: state, stack: id }, environment.accountId);
    boundRoles(this, environment);
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

import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { type Layer, tagsOf } from "../environments/naming";
import type { Environment, StateLocation } from "../environments/plan/environment";
import { contextKey } from "../environments/plan/provider-version";
import { boundRoles } from "./bounded-roles";
import { configureBackend } from "./state";

export interface LayerStackProps {
  readonly layer: Layer;
  /** Account, Region, project and tags of the stack. */
  readonly environment: Environment;
  /** Value of the tag Environment. @default - the name of the environment */
  readonly environmentTag?: string;
  /** Location of the state. @default - the state location of the environment */
  readonly state?: StateLocation;
}

/** Oldest Terraform version with a stable lock file in the S3 backend. */
const terraformVersion = ">= 1.11.0";

/**
 * A stack with the AWS provider for one account and Region, default tags, and a state backend. The provider version
 * comes from the app's context value `awsProviderVersion`.
 */
export abstract class LayerStack extends TerraformStack {
  constructor(scope: Construct, id: string, props: LayerStackProps) {
    super(scope, id);
    const { layer, environment, environmentTag, state = environment.state } = props;
    new AwsProvider(this, "aws", {
      region: environment.region,
      // Terraform stops before it reads or changes anything when the credentials belong to another account.
      allowedAccountIds: [environment.accountId],
      defaultTags: [{ tags: tagsOf(environment, layer, environmentTag) }],
    });
    this.addOverride("terraform.required_providers.aws.version", this.node.getContext(contextKey));
    this.addOverride("terraform.required_version", terraformVersion);
    configureBackend(this, { location: state, stack: id });
    boundRoles(this, environment);
  }
}

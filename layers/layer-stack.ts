import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { Environment, StateLocation } from "../environments/environment";
import { tagsOf } from "../environments/naming";
import { boundRoles } from "./bounded-roles";
import { keepState } from "./state";

export interface LayerStackProps {
  /** First part of the stack's name, e.g. `compute`. */
  readonly layer: string;
  /** Account, Region, project and tags of the stack. */
  readonly environment: Environment;
  /** Value of the tag Environment. @default - the name of the environment */
  readonly environmentTag?: string;
  /** Where the state is kept. @default - where the environment keeps it */
  readonly state?: StateLocation;
  /** Exact version of the AWS provider. */
  readonly providerVersion: string;
}

/** Oldest Terraform that knows the lock file of the S3 backend as a stable feature. */
const terraformVersion = ">= 1.11.0";

/** A stack with the AWS provider of one account and Region, tags on everything, and its state. */
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
    this.addOverride("terraform.required_providers.aws.version", props.providerVersion);
    this.addOverride("terraform.required_version", terraformVersion);
    keepState(this, { location: state, stack: id });
    boundRoles(this, environment);
  }
}

import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import type { Environment, StateLocation } from "../../environments/environment";
import { stackName } from "../../environments/naming";
import { partitionOf } from "../../modules/iam/aws-partition";
import { StateBucketModule } from "../../modules/state/state-bucket-module";
import { LayerStack } from "../layer-stack";

/** How long an overwritten state can be brought back. */
const noncurrentVersionDays = 90;

/** The bucket that holds the state of an environment's other stacks. Its own state is local: there is no bucket yet. */
export class BootstrapLayer extends LayerStack {
  constructor(
    scope: Construct,
    environment: Environment,
    { bucket, region, kmsKeyArn }: Extract<StateLocation, { backend: "s3" }>,
    providerVersion: string,
  ) {
    super(scope, stackName("bootstrap", environment), {
      layer: "bootstrap",
      environment: { ...environment, region },
      state: { backend: "local" },
      providerVersion,
    });
    new StateBucketModule(this, "state", {
      bucket,
      partition: partitionOf(region),
      kmsKeyArn,
      noncurrentVersionDays,
    });
    new TerraformOutput(this, "state_bucket", {
      description: "Bucket that holds the Terraform state",
      staticId: true,
      value: bucket,
    });
  }
}

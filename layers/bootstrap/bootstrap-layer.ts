import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { stackName } from "../../environments/naming";
import type { LiteralEnvironment } from "../../environments/plan/literal-environment";
import { contextKey, has } from "../../environments/plan/provider-version";
import { stateGrants } from "../../environments/plan/state-grants";
import { partitionOf } from "../../modules/iam/aws-partition";
import { StateBucketModule } from "../../modules/state/state-bucket-module";
import { LayerStack } from "../layer-stack";

/** Days during which an overwritten state version can be restored. */
const noncurrentVersionDays = 90;

/** The bucket that stores the state of an environment's other stacks. Its own state is local: no bucket exists yet. */
export class BootstrapLayer extends LayerStack {
  /** @throws Error when the environment uses local state */
  constructor(
    scope: Construct,
    environment: LiteralEnvironment,
    allEnvironments: readonly LiteralEnvironment[],
  ) {
    const { state, file } = environment;
    if (state.backend !== "s3") throw new Error(`${file} uses local state, so it needs no bucket`);
    const { bucket, region, kmsKeyArn, accountId } = state;
    // The role of the environment's account cannot create anything in another one.
    const deployRole = accountId === environment.accountId ? environment.deployRole : undefined;
    super(scope, stackName("bootstrap", environment), {
      layer: "bootstrap",
      environment: { ...environment, region, accountId, deployRole },
      state: { backend: "local" },
    });
    new StateBucketModule(this, "state", {
      bucket,
      partition: partitionOf(region),
      kmsKeyArn,
      statements: stateGrants(bucket, allEnvironments),
      noncurrentVersionDays,
      blockCustomerProvidedKeys: has(this.node.getContext(contextKey), "blockedEncryptionTypes"),
    });
    new TerraformOutput(this, "state_bucket", {
      description: "Bucket that holds the Terraform state",
      staticId: true,
      value: bucket,
    });
  }
}

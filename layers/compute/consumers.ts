import type { TerraformStack } from "cdktf";
import type { ConsumerKind } from "../../environments/options/consumers";
import { forEachKind } from "../../environments/plan/consumers";
import type { Environment } from "../../environments/plan/environment";
import { addEcs } from "./ecs";
import { addCluster } from "./eks";
import type { Repositories } from "./image-uri";
import { addFunctions } from "./lambda";

/** Adds the consumers of each kind. */
const consumerResources: {
  readonly [K in ConsumerKind]: (
    stack: TerraformStack,
    environment: Environment,
    options: NonNullable<Environment[K]>,
    repositories: Repositories,
  ) => void;
} = { ecs: addEcs, lambda: addFunctions, eks: addCluster };

/** Add all consumers of an environment. */
export function addConsumers(
  stack: TerraformStack,
  environment: Environment,
  repositories: Repositories,
): void {
  forEachKind(environment, (kind, options) =>
    consumerResources[kind](stack, environment, options, repositories),
  );
}

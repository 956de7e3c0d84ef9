import type { TerraformStack } from "cdktf";
import type { ConsumerKind } from "../../environments/options/consumers";
import { forEachKind } from "../../environments/plan/consumers";
import { podRolesOf } from "../../environments/plan/eks-pod-identity";
import type { Environment } from "../../environments/plan/environment";
import { type Contract, type Outputs, publish } from "../contract";
import { ecsRoles } from "./ecs-roles";
import { addScheduleRoles } from "./ecs-schedule-roles";
import { autoModeRole } from "./eks-auto-role";
import { podRoles } from "./eks-pod-roles";
import { clusterRoles } from "./eks-roles";
import { functionRoles } from "./lambda-roles";
import {
  autoModeContract,
  ecsRolesContract,
  eksRolesContract,
  lambdaRolesContract,
  podRolesContract,
  type secretsContract,
} from "./security.contract";

/** The layer's outputs for secrets; `undefined` if it does not create the secrets key. */
type Secrets = Outputs<typeof secretsContract> | undefined;

/** Creates the roles of one kind of consumer. */
type CreateRoles<K extends ConsumerKind, C extends Contract> = (
  stack: TerraformStack,
  environment: Environment,
  options: NonNullable<Environment[K]>,
  secrets: Secrets,
) => Outputs<C>;

/** Creates the roles of one kind and publishes the outputs of its contract. */
const publishing =
  <K extends ConsumerKind, C extends Contract>(contract: C, create: CreateRoles<K, C>) =>
  (...args: Parameters<CreateRoles<K, C>>): void =>
    publish(args[0], contract, create(...args));

/** The roles of every kind of consumer. */
const consumerRoles: {
  readonly [K in ConsumerKind]: (...args: Parameters<CreateRoles<K, Contract>>) => void;
} = {
  ecs: (stack, environment, options, secrets) => {
    publish(stack, ecsRolesContract, ecsRoles(stack, environment, options, secrets));
    addScheduleRoles(stack, environment, options);
  },
  lambda: publishing<"lambda", typeof lambdaRolesContract>(lambdaRolesContract, functionRoles),
  eks: (...args) => {
    publishing<"eks", typeof eksRolesContract>(eksRolesContract, clusterRoles)(...args);
    if (args[2].autoMode !== undefined)
      publishing<"eks", typeof autoModeContract>(autoModeContract, autoModeRole)(...args);
    if (podRolesOf(args[1]).length > 0)
      publishing<"eks", typeof podRolesContract>(podRolesContract, podRoles)(...args);
  },
};

/** Create and publish the roles of every kind of consumer that an environment has. */
export function addConsumerRoles(stack: TerraformStack, environment: Environment, secrets: Secrets): void {
  forEachKind(environment, (kind, options) => consumerRoles[kind](stack, environment, options, secrets));
}

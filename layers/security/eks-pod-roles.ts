import type { TerraformStack } from "cdktf";
import {
  podRoleName,
  podRoleStatements,
  podRolesOf,
  podRoleTrust,
} from "../../environments/plan/eks-pod-identity";
import type { Environment } from "../../environments/plan/environment";
import { podIdentityActions, podIdentityService } from "../../modules/eks/pod-identity";
import { ServiceRoleModule } from "../../modules/iam/service-role-module";
import { NameScope } from "../../modules/terraform/name-scope";
import type { Outputs } from "../contract";
import { secretArns } from "./secrets";
import type { podRolesContract, secretsContract } from "./security.contract";

/**
 * Create the roles of the pods of an environment's cluster, one for each workload that has one.
 *
 * @param secrets the layer's outputs for secrets
 * @throws Error when `secrets` is `undefined`: a cluster has a secrets key
 */
export function podRoles(
  stack: TerraformStack,
  environment: Environment,
  _options: unknown,
  secrets: Outputs<typeof secretsContract> | undefined,
): Outputs<typeof podRolesContract> {
  if (secrets === undefined) throw new Error(`${stack.node.id} has no secrets key for its cluster`);
  const { project, name } = environment;
  const scope = new NameScope(stack, "eks_pod_roles");
  const roles = podRolesOf(environment).map((pods) => {
    const role = new ServiceRoleModule(scope, pods.workload, {
      name: podRoleName(environment, pods.workload),
      description: `Pods of ${pods.workload} of ${project} ${name}`,
      service: podIdentityService,
      trustActions: podIdentityActions,
      trustCondition: podRoleTrust(environment, pods),
      statements: podRoleStatements(environment, {
        secretsKeyArn: secrets.secrets_kms_key_arn,
        secretArns: secretArns(pods.secrets, secrets),
      }),
    });
    return [pods.workload, role.arn] as const;
  });
  return { eks_pod_role_arns: Object.fromEntries(roles) };
}

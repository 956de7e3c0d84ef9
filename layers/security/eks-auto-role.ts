import type { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { clusterPullStatements } from "../../environments/plan/cluster-pulls";
import { clusterName, eksRoleName } from "../../environments/plan/eks";
import type { Environment } from "../../environments/plan/environment";
import { managedPolicyArns, nodePolicies } from "../../modules/eks/auto-mode";
import { partitionOf, serviceDomain } from "../../modules/iam/aws-partition";
import { ServiceRoleModule } from "../../modules/iam/service-role-module";
import type { Outputs } from "../contract";
import type { autoModeContract } from "./security.contract";

/**
 * Create the role of the nodes of EKS Auto Mode. It is not that of node groups: EKS gives each an access entry of its own type,
 * and a principal has one. It stays while Auto Mode is off, until the file has no `autoMode`.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/auto-create-node-role.html
 */
export function autoModeRole(
  stack: TerraformStack,
  environment: Environment,
): Outputs<typeof autoModeContract> {
  const { region } = environment;
  const role = new ServiceRoleModule(new Construct(stack, "eks_auto_role"), "node", {
    name: eksRoleName(environment, "auto"),
    description: `Auto Mode nodes of EKS cluster ${clusterName(environment)}`,
    service: `ec2.${serviceDomain(region)}`,
    statements: clusterPullStatements(environment),
    managedPolicyArns: managedPolicyArns(partitionOf(region), nodePolicies),
  });
  return { eks_auto_node_role_arn: role.arn };
}

import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Aspects, dependable } from "cdktf";
import type { IConstruct } from "constructs";
import { ciRoleName, roleBoundaryArn, roleBoundaryName, rolePath } from "../environments/naming";
import type { Environment } from "../environments/plan/environment";

/**
 * Set the IAM path of the environment on every role in a stack and, if pipelines deploy the environment, the
 * permissions boundary that the deploy role requires. Pipeline roles get neither: no pipeline may change them.
 *
 * The path is set without pipelines too: IAM cannot change it, so adding it later would replace the roles. Cluster
 * roles can have a path because clusters use access entries to identify their roles.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html
 */
export function boundRoles(stack: IConstruct, environment: Environment): void {
  const deploys = environment.security.ci?.deploy !== undefined;
  const permissionsBoundary = roleBoundaryArn(environment);
  // IAM requires the policy to exist before a role that uses it. Other stacks are deployed after the stack with the
  // policy.
  let policies: readonly IamPolicy[] | undefined;
  const pipelineRolePrefix = ciRoleName(environment, "push-").replace(/push-$/, "");
  Aspects.of(stack).add({
    visit(node) {
      if (!(node instanceof IamRole) || node.nameInput?.startsWith(pipelineRolePrefix)) return;
      node.path = rolePath(environment);
      if (!deploys) return;
      policies ??= stack.node
        .findAll()
        .filter((other) => other instanceof IamPolicy)
        .filter(({ nameInput }) => nameInput === roleBoundaryName(environment));
      node.permissionsBoundary = permissionsBoundary;
      node.dependsOn = [...(node.dependsOn ?? []), ...policies.map(dependable)];
    },
  });
}

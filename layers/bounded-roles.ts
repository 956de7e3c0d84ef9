import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Aspects, dependable } from "cdktf";
import type { IConstruct } from "constructs";
import { ciRoleName, roleBoundaryName, rolePath } from "../environments/naming";
import type { Environment } from "../environments/plan/environment";
import { partitionOf } from "../modules/iam/aws-partition";

/** ARN of the policy that bounds the roles of an environment whose pipelines deploy. */
export function roleBoundaryArn(environment: Environment): string {
  const { accountId, region } = environment;
  return `arn:${partitionOf(region)}:iam::${accountId}:policy/${roleBoundaryName(environment)}`;
}

/**
 * Give every role of a stack the path of the environment, and where pipelines deploy the permissions boundary without
 * which they may not make it, whoever builds the role. Roles of pipelines have neither: no pipeline may touch them.
 *
 * The path is there without pipelines too: IAM cannot change it, so that a role which got it later would be replaced.
 * Roles of clusters may have one because clusters know their roles by access entries.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html
 */
export function boundRoles(stack: IConstruct, environment: Environment): void {
  const deploys = environment.security.ci?.deploy !== undefined;
  const permissionsBoundary = roleBoundaryArn(environment);
  // IAM wants the policy to be there before a role that names it. Other stacks are deployed later than the one with it.
  let policies: readonly IamPolicy[] | undefined;
  const ofPipelines = ciRoleName(environment, "push-").replace(/push-$/, "");
  Aspects.of(stack).add({
    visit(node) {
      if (!(node instanceof IamRole) || node.nameInput?.startsWith(ofPipelines)) return;
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

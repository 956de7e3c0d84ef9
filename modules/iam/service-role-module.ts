import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";
import { policyDocument, type Statement } from "./policy-document";

export interface ServiceRoleModuleProps {
  /** Name of the role, 1 to 64 characters, e.g. `myproject-dev-ecs-execution`. */
  readonly name: string;
  readonly description: string;
  /** Service principal that assumes the role, e.g. `ecs-tasks.amazonaws.com`. */
  readonly service: string;
  /**
   * Condition of the trust policy, against the confused deputy problem.
   *
   * @default - none, for services that send no context when they assume a role
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
   */
  readonly trustCondition?: Statement["Condition"];
  /** What the trust policy allows the service. @default - to assume the role */
  readonly trustActions?: readonly string[];
  /** Permissions of the role. Empty: no inline policy. */
  readonly statements: readonly Statement[];
  /** ARNs of AWS managed policies, where the service requires them. @default - none */
  readonly managedPolicyArns?: readonly string[];
}

/** A role that an AWS service assumes, with an inline policy. */
export class ServiceRoleModule extends Construct {
  readonly role: IamRole;

  constructor(scope: Construct, id: string, props: ServiceRoleModuleProps) {
    super(scope, id);
    const { trustCondition, trustActions = ["sts:AssumeRole"], managedPolicyArns = [] } = props;
    this.role = new IamRole(this, "role", {
      name: props.name,
      description: props.description,
      assumeRolePolicy: policyDocument([
        {
          Sid: "Trust",
          Effect: "Allow",
          Principal: { Service: props.service },
          Action: [...trustActions],
          ...(trustCondition && { Condition: trustCondition }),
        },
      ]),
    });
    if (props.statements.length > 0)
      new IamRolePolicy(this, "policy", {
        name: props.name,
        role: this.role.name,
        policy: policyDocument(props.statements),
      });
    for (const policyArn of managedPolicyArns)
      new IamRolePolicyAttachment(this, policyArn.slice(policyArn.lastIndexOf("/") + 1), {
        role: this.role.name,
        policyArn,
      });
  }

  get arn(): string {
    return this.role.arn;
  }
}

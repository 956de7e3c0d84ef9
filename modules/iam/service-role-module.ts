import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";
import { policyDocument, type Statement } from "./policy-document";

export interface ServiceRoleModuleProps {
  /** Name of the role, 1 to 64 characters, e.g. `myproject-dev-ecs-execution`. */
  readonly name: string;
  readonly description: string;
  /** Host of the AWS service that takes the role on, e.g. `ecs-tasks.amazonaws.com`. */
  readonly service: string;
  /**
   * Condition of the trust, in IAM's words, against use of the role for other accounts.
   *
   * @default - none, for services that say nothing of themselves when they take a role on
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
   */
  readonly trustCondition?: Statement["Condition"];
  /** What the role may do. Empty: nothing, and no policy. */
  readonly statements: readonly Statement[];
  /** ARNs of policies that AWS keeps, where the service demands them. @default - none */
  readonly managedPolicyArns?: readonly string[];
}

/** A role that an AWS service takes on, with a policy of its own. */
export class ServiceRoleModule extends Construct {
  readonly role: IamRole;

  constructor(scope: Construct, id: string, props: ServiceRoleModuleProps) {
    super(scope, id);
    const { trustCondition, managedPolicyArns = [] } = props;
    this.role = new IamRole(this, "role", {
      name: props.name,
      description: props.description,
      assumeRolePolicy: policyDocument([
        {
          Sid: "Trust",
          Effect: "Allow",
          Principal: { Service: props.service },
          Action: ["sts:AssumeRole"],
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

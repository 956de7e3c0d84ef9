import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { policyDocument, type Statement } from "../iam/policy-document";

export interface OidcRoleModuleProps {
  /** Name of the role, 1 to 64 characters, e.g. `myproject-dev-ci-plan`. */
  readonly name: string;
  readonly description: string;
  /** Statements of the trust policy, at least one: see `trustStatements` and `roleTrustStatements`. */
  readonly trust: readonly Statement[];
  /** Identity providers that must be created before the role. */
  readonly dependsOn: readonly ITerraformDependable[];
  /** Permissions of the role. */
  readonly statements: readonly Statement[];
  /**
   * More permissions, in managed policies: a role's inline policies have at most 10,240 characters, and a managed policy
   * 6,144.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
   */
  readonly further?: readonly FurtherPolicy[];
}

/** A managed policy of a role. */
export interface FurtherPolicy {
  /** Ends the construct IDs, so that they differ; may be empty for one. */
  readonly id: string;
  readonly policyName: string;
  readonly statements: readonly Statement[];
}

/** A role that pipelines assume, with an OIDC token of their CI system or from a role of their own. */
export class OidcRoleModule extends Construct {
  readonly role: IamRole;

  constructor(scope: Construct, id: string, props: OidcRoleModuleProps) {
    super(scope, id);
    this.role = new IamRole(this, "role", {
      name: props.name,
      description: props.description,
      assumeRolePolicy: policyDocument(props.trust),
      dependsOn: [...props.dependsOn],
    });
    new IamRolePolicy(this, "policy", {
      name: props.name,
      role: this.role.name,
      policy: policyDocument(props.statements),
    });
    for (const { id, policyName, statements } of props.further ?? []) {
      const further = new IamPolicy(this, `further${id}`, {
        name: policyName,
        description: `${props.description}, continued`,
        policy: policyDocument(statements),
      });
      new IamRolePolicyAttachment(this, `attachment${id}`, {
        role: this.role.name,
        policyArn: further.arn,
      });
    }
  }

  get arn(): string {
    return this.role.arn;
  }
}

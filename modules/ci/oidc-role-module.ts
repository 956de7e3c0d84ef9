import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { policyDocument, type Statement } from "../iam/policy-document";
import { type TrustedTokens, trustStatements } from "./oidc-trust";

export interface OidcRoleModuleProps {
  /** Name of the role, 1 to 64 characters, e.g. `myproject-dev-ci-plan`. */
  readonly name: string;
  readonly description: string;
  /** Whose tokens take the role on; at least one. */
  readonly trust: readonly TrustedTokens[];
  /** Identity providers that are made along with the role. */
  readonly dependsOn: readonly ITerraformDependable[];
  /** What the role may do. */
  readonly statements: readonly Statement[];
  /**
   * What it may do besides, in a policy of its own: the inline policies of a role have 10,240 characters at most.
   *
   * @default - nothing
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
   */
  readonly further?: { readonly policyName: string; readonly statements: readonly Statement[] };
}

/** A role that pipelines take on with a token of their CI system (OIDC). */
export class OidcRoleModule extends Construct {
  readonly role: IamRole;

  constructor(scope: Construct, id: string, props: OidcRoleModuleProps) {
    super(scope, id);
    this.role = new IamRole(this, "role", {
      name: props.name,
      description: props.description,
      assumeRolePolicy: policyDocument(props.trust.flatMap(trustStatements)),
      dependsOn: [...props.dependsOn],
    });
    new IamRolePolicy(this, "policy", {
      name: props.name,
      role: this.role.name,
      policy: policyDocument(props.statements),
    });
    if (props.further === undefined) return;
    const further = new IamPolicy(this, "further", {
      name: props.further.policyName,
      description: `${props.description}, continued`,
      policy: policyDocument(props.further.statements),
    });
    new IamRolePolicyAttachment(this, "attachment", { role: this.role.name, policyArn: further.arn });
  }

  get arn(): string {
    return this.role.arn;
  }
}

import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import { ciRoleName, roleBoundaryName } from "../../environments/naming";
import type { DeployOptions } from "../../environments/options/ci";
import type { TrustOptions } from "../../environments/options/ci-trust";
import { identityProviders, pushStatements, trustPolicyStatements } from "../../environments/plan/ci-roles";
import type { Environment } from "../../environments/plan/environment";
import { furtherPushStatements } from "../../environments/plan/gate-permission";
import {
  boundaryStatements,
  deployStatements,
  furtherDeployPolicies,
  planStatements,
} from "../../environments/plan/pipeline-policies";
import { type FurtherPolicy, OidcRoleModule } from "../../modules/ci/oidc-role-module";
import { policyDocument, type Statement } from "../../modules/iam/policy-document";
import { NameScope } from "../../modules/terraform/name-scope";

/**
 * Identity providers and roles of an environment's pipelines. Their ARNs are outputs for users, not for other layers.
 */
export class PipelineRoles extends Construct {
  private readonly providers: readonly IamOpenidConnectProvider[];

  constructor(
    scope: Construct,
    id: string,
    private readonly environment: Environment,
  ) {
    super(scope, id);
    const { push = {}, plan, deploy } = environment.security.ci ?? {};
    this.providers = identityProviders(environment)
      .filter(({ create }) => create)
      .map(
        ({ kind, url, audience }) =>
          new IamOpenidConnectProvider(this, `${kind}_provider`, { url, clientIdList: [audience] }),
      );
    const pushScope = new NameScope(this, "push");
    const pushArns = Object.entries(push).map(([pushName, { trust, ...targets }]) => [
      pushName,
      this.role(pushScope, pushName, `push-${pushName}`, trust, [
        ...pushStatements(environment, targets),
        ...furtherPushStatements(environment, targets),
      ]),
    ]);
    if (pushArns.length > 0)
      this.output("ci_push_role_arns", "ARN of each role that pushes images", Object.fromEntries(pushArns));
    if (plan !== undefined) this.planRole(plan.trust);
    if (deploy !== undefined) this.deployRole(deploy);
  }

  private planRole(trust: readonly TrustOptions[]): void {
    this.output(
      "ci_plan_role_arn",
      "ARN of the role that plans",
      this.role(this, "plan", "plan", trust, planStatements(this.environment)),
    );
  }

  private deployRole({ trust }: DeployOptions): void {
    const { environment } = this;
    new IamPolicy(this, "role_boundary", {
      name: roleBoundaryName(environment),
      description: `The most that a role of ${environment.project} ${environment.name} can do`,
      policy: policyDocument(boundaryStatements(environment)),
    });
    const statements = deployStatements(environment);
    this.output(
      "ci_deploy_role_arn",
      "ARN of the role that deploys",
      this.role(this, "deploy", "deploy", trust, statements, furtherDeployPolicies(environment)),
    );
  }

  /** @returns the ARN of the role */
  private role(
    scope: Construct,
    id: string,
    purpose: Parameters<typeof ciRoleName>[1],
    trust: readonly TrustOptions[],
    statements: readonly Statement[],
    further: readonly FurtherPolicy[] = [],
  ): string {
    const { environment } = this;
    return new OidcRoleModule(scope, id, {
      name: ciRoleName(environment, purpose),
      description: `Pipelines of ${environment.project} ${environment.name}: ${purpose}`,
      trust: trustPolicyStatements(environment, trust),
      dependsOn: this.providers,
      statements,
      further,
    }).arn;
  }

  private output(id: string, description: string, value: string | Record<string, string>): void {
    const output = new TerraformOutput(this, id, { description, value });
    output.overrideLogicalId(id);
  }
}

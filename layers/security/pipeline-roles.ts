import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import {
  ciRoleName,
  deployNetworksPolicyName,
  deployReplicasPolicyName,
  namePrefix,
  registryStackName,
  roleBoundaryName,
  stackName,
} from "../../environments/naming";
import type { DeployOptions, TrustOptions } from "../../environments/options/ci";
import { identityProviders, pushStatements, trustedTokens } from "../../environments/plan/ci-roles";
import type { Environment } from "../../environments/plan/environment";
import { furtherBoundary } from "../../environments/plan/further-boundary";
import { hasPublicRepositories, publicArn } from "../../environments/plan/public-repositories";
import { furtherRegions } from "../../environments/plan/replicas";
import { shardsOf } from "../../environments/plan/shards";
import { deployOrder, type StackPlan, stateKey } from "../../environments/plan/stacks";
import { deployPermission } from "../../modules/ci/deploy-permission";
import { networkPermission } from "../../modules/ci/network-permission";
import { type FurtherPolicy, OidcRoleModule } from "../../modules/ci/oidc-role-module";
import { type ManagedEnvironment, planPermission } from "../../modules/ci/plan-permission";
import { publicRepositoryPermission } from "../../modules/ci/public-repository-permission";
import { replicaPermission } from "../../modules/ci/replica-permission";
import { roleBoundary } from "../../modules/ci/role-boundary";
import { statePermission } from "../../modules/ci/state-permission";
import { partitionOf } from "../../modules/iam/aws-partition";
import { policyDocument, type Statement } from "../../modules/iam/policy-document";
import { NameScope } from "../../modules/terraform/name-scope";
import { roleBoundaryArn } from "../bounded-roles";

/**
 * Identity providers and roles of an environment's pipelines. Their ARNs are outputs for users, not for other layers.
 */
export class PipelineRoles extends Construct {
  private readonly managed: ManagedEnvironment;
  private readonly providers: readonly IamOpenidConnectProvider[];

  constructor(
    scope: Construct,
    id: string,
    private readonly environment: Environment,
  ) {
    super(scope, id);
    const { accountId, region, project, name, tagNames, security } = environment;
    const { push = {}, plan, deploy } = security.ci ?? {};
    this.managed = {
      partition: partitionOf(region),
      accountId,
      region,
      namePrefix: namePrefix(environment),
      project,
      environment: name,
      tagNames,
      ...(hasPublicRepositories(environment) && { publicRepositoryArn: publicArn(environment, "*") }),
    };
    this.providers = identityProviders(environment)
      .filter(({ create }) => create)
      .map(
        ({ kind, url, audience }) =>
          new IamOpenidConnectProvider(this, `${kind}_provider`, { url, clientIdList: [audience] }),
      );
    const pushScope = new NameScope(this, "push");
    const pushArns = Object.entries(push).map(([pushName, { trust, ...targets }]) => [
      pushName,
      this.role(pushScope, pushName, `push-${pushName}`, trust, pushStatements(environment, targets)),
    ]);
    if (pushArns.length > 0)
      this.output("ci_push_role_arns", "ARN of each role that pushes images", Object.fromEntries(pushArns));
    if (plan !== undefined) this.planRole(plan.trust);
    if (deploy !== undefined) this.deployRole(deploy);
  }

  private planRole(trust: readonly TrustOptions[]): void {
    const stacks = stateNames(deployOrder(this.environment), this.environment);
    const statements = [
      ...planPermission(this.managed),
      ...publicRepositoryPermission(this.managed, "read"),
      ...this.states("read", stacks),
    ];
    this.output(
      "ci_plan_role_arn",
      "ARN of the role that plans",
      this.role(this, "plan", "plan", trust, statements),
    );
  }

  private deployRole({ trust, workloadActions }: DeployOptions): void {
    const { environment, managed } = this;
    new IamPolicy(this, "role_boundary", {
      name: roleBoundaryName(environment),
      description: `The most that a role of ${environment.project} ${environment.name} can do`,
      policy: policyDocument(
        roleBoundary(managed, {
          bucket: this.state.bucket,
          cluster: environment.eks !== undefined,
          further: furtherBoundary(environment),
          workloadActions,
        }),
      ),
    });
    const statements = [
      ...deployPermission(managed, {
        boundaryArn: roleBoundaryArn(environment),
        imageKeyArn: environment.ecr.kmsKeyArn,
        ownsRegistry: environment.ecr.registryOwner === "this-project",
      }),
      ...this.states("write", ownStacks(environment)),
    ];
    this.output(
      "ci_deploy_role_arn",
      "ARN of the role that deploys",
      this.role(this, "deploy", "deploy", trust, statements, [
        {
          id: "",
          policyName: deployNetworksPolicyName(environment),
          statements: networkPermission(managed),
        },
        ...this.replicas(),
      ]),
    );
  }

  /** A policy of its own, because the inline one has no room for the states and keys of replicas. */
  private replicas(): FurtherPolicy[] {
    const { environment, managed } = this;
    const regions = furtherRegions(environment);
    if (regions.length === 0) return [];
    return [
      {
        id: "_replicas",
        policyName: deployReplicasPolicyName(environment),
        statements: [
          ...replicaPermission(managed, regions),
          ...this.states("write", [
            stackName("replicas", environment),
            // `deployPermission` covers the registries of all Regions too.
            registryStackName({ ...environment, region: "*" }),
          ]),
        ],
      },
    ];
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
      trust: trustedTokens(environment, trust),
      dependsOn: this.providers,
      statements,
      further,
    }).arn;
  }

  private output(id: string, description: string, value: string | Record<string, string>): void {
    const output = new TerraformOutput(this, id, { description, value });
    output.overrideLogicalId(id);
  }

  /** Location of the states. A rule rejects local state, which pipelines cannot access. */
  private get state() {
    const { state, file } = this.environment;
    if (state.backend === "local") throw new Error(`${file} uses local state`);
    return state;
  }

  private states(access: "read" | "write", stacks: readonly string[]): Statement[] {
    const { managed, state } = this;
    return statePermission(
      {
        partition: managed.partition,
        bucket: state.bucket,
        region: state.region,
        keys: stacks.map((stack) => stateKey(state, stack)),
        kmsKeyArn: state.kmsKeyArn,
      },
      access,
    );
  }
}

/** The stacks of an environment except those of its replicas. */
function ownStacks(environment: Environment): string[] {
  const own = deployOrder(environment).filter(
    ({ layer, region }) => layer !== "replicas" && region === environment.region,
  );
  return stateNames(own, environment);
}

/**
 * Names of stacks. Those of the shards are patterns, because up to 99 names would make the policy too long: see
 * `shardNameClashes`.
 */
function stateNames(plans: readonly StackPlan[], environment: Environment): string[] {
  const shards = shardsOf(environment).map(({ stack }) => stack);
  const patterns = new Set(
    shards.map((stack) => stack.replace(/\d+$/, (digits) => "?".repeat(digits.length))),
  );
  const names = plans.map(({ stack }) => stack);
  return [...names.filter((stack) => !shards.includes(stack)), ...patterns];
}

import { ciRoleName } from "../../environments/naming";
import type { Environment } from "../../environments/plan/environment";
import { partitionOf } from "../../modules/iam/aws-partition";
import { CommandError } from "../runner/command";

type Purpose = Parameters<typeof ciRoleName>[1];

/** ARN of a pipeline role, e.g. `arn:aws:iam::123456789012:role/myproject-prod-ci-plan`. */
export function pipelineRoleArn(environment: Environment, purpose: Purpose): string {
  const { accountId, region } = environment;
  return `arn:${partitionOf(region)}:iam::${accountId}:role/${ciRoleName(environment, purpose)}`;
}

/** @param name `plan`, `deploy` or `push-<name>` @throws CommandError when the environment declares no such role */
export function declaredRole(environment: Environment, name: string): string {
  const purposes = declaredPurposes(environment);
  const purpose = purposes.find((declared) => declared === name);
  if (purpose !== undefined) return pipelineRoleArn(environment, purpose);
  throw new CommandError(
    `security.ci of ${environment.name} has no role "${name}"; ${purposes.length > 0 ? `choose from ${purposes.join(", ")}, or declare it` : "declare it"}, and let an administrator deploy the security layer`,
  );
}

function declaredPurposes({ security: { ci } }: Environment): Purpose[] {
  return [
    ...(ci?.plan ? (["plan"] as const) : []),
    ...(ci?.deploy ? (["deploy"] as const) : []),
    ...Object.keys(ci?.push ?? {}).map((name) => `push-${name}` as const),
  ];
}

/** What a workflow needs to know of an environment. */
export interface PipelineEnvironment {
  readonly environment: string;
  readonly region: string;
  readonly planRole: string;
  /** Only of those that workflows deploy. */
  readonly deployRole?: string;
  /** GitHub environment that the deploy role trusts. */
  readonly protection?: string;
}

/** The environments that workflows plan, or plan and deploy, in the order of `environments/all.ts`. */
export function pipelineEnvironments(
  environments: readonly Environment[],
  purpose: "deploy" | "plan",
): PipelineEnvironment[] {
  return environments.flatMap((environment) => {
    const { name, region, security } = environment;
    const { plan, deploy } = security.ci ?? {};
    if (!plan?.trust.some(({ github }) => github !== undefined)) return [];
    const planned = { environment: name, region, planRole: pipelineRoleArn(environment, "plan") };
    if (purpose === "plan") return [planned];
    const protection = deploy?.trust.find(
      ({ github, environment: named }) => github !== undefined && named !== undefined,
    )?.environment;
    if (protection === undefined) return [];
    return [{ ...planned, deployRole: pipelineRoleArn(environment, "deploy"), protection }];
  });
}

import { partitionOf } from "../../modules/iam/aws-partition";
import type { Statement } from "../../modules/iam/policy-document";
import { ciRoleName, roleName } from "../naming";
import { pushStatements } from "./ci-roles";
import { ecsExecutionRole, secretsOfServices, startStatements, taskOptionsIn } from "./ecs";
import { podRoleName, podRoleStatements, podRolesOf } from "./eks-pod-identity";
import type { Environment } from "./environment";
import { functionRoleName, functionStatements } from "./lambda";
import { otherRepositoryArns } from "./other-registries";
import { secretArnShape } from "./secrets";

/**
 * The inline policies that the security layer gives to the roles of an environment that can be granted access to
 * repositories too, by the name of the role, with placeholders of the same length for ARNs that AWS chooses.
 */
export function ownRolePolicies(environment: Environment): Map<string, Statement[]> {
  const { accountId, region, ecs, lambda, security } = environment;
  const secretsKeyArn = `arn:${partitionOf(region)}:kms:${region}:${accountId}:key/${"0".repeat(36)}`;
  const arnsOf = (secrets: readonly string[]) =>
    [...new Set(secrets)].map((secret) => secretArnShape(environment, secret));
  const functions = Object.entries(lambda?.functions ?? {}).map(
    ([name, options]) =>
      [
        functionRoleName(environment, name),
        functionStatements(environment, name, options, {
          secretsKeyArn,
          secretArns: arnsOf(Object.values(options.secrets)),
        }),
      ] as const,
  );
  const pods = podRolesOf(environment).map(
    ({ workload, secrets }) =>
      [
        podRoleName(environment, workload),
        podRoleStatements(environment, { secretsKeyArn, secretArns: arnsOf(secrets) }),
      ] as const,
  );
  const start = () =>
    startStatements(environment, {
      otherRepositoryArns: otherRepositoryArns(environment, ["ecs"]),
      secretsKeyArn,
      secretArns: arnsOf(secretsOfServices((ecs ? taskOptionsIn(ecs) : []).map(([, options]) => options))),
    });
  const push = Object.entries(security.ci?.push ?? {}).map(
    ([name, targets]) =>
      [ciRoleName(environment, `push-${name}`), pushStatements(environment, targets)] as const,
  );
  return new Map([
    ...functions,
    ...pods.filter(([, statements]) => statements.length > 0),
    ...push,
    ...(ecs ? [[roleName(environment, ecsExecutionRole), start()] as const] : []),
  ]);
}

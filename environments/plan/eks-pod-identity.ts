import { podIdentityTrust } from "../../modules/eks/pod-identity";
import { partitionOf } from "../../modules/iam/aws-partition";
import type { Statement } from "../../modules/iam/policy-document";
import { readSecrets } from "../../modules/secrets/secret-read";
import { type EnvironmentId, roleName } from "../naming";
import { clusterName, eksWorkloads } from "./eks";
import type { Environment } from "./environment";

/** A workload whose pods have a role. Its service account has the name of the workload. */
export interface PodRole {
  readonly workload: string;
  readonly namespace: string;
  /** Names of the secrets that it reads. */
  readonly secrets: readonly string[];
}

/** The workloads of an environment whose pods have a role, in the order of the file. Names are unique among all kinds. */
export function podRolesOf({ eks }: Pick<Environment, "eks">): PodRole[] {
  if (eks === undefined) return [];
  return (Object.keys(eksWorkloads) as (keyof typeof eksWorkloads)[]).flatMap((collection) =>
    Object.entries(eks[collection] ?? {}).flatMap(([workload, { namespace, podIdentity }]) =>
      podIdentity === undefined ? [] : [{ workload, namespace, secrets: podIdentity.secrets }],
    ),
  );
}

/** Name of the role of a workload's pods, e.g. `myproject-dev-eks-pod-web-app`. */
export function podRoleName(environment: EnvironmentId, workload: string): string {
  return roleName(environment, `eks-pod-${workload}`);
}

/** Who may use the role of a workload: its pods, and no others of the cluster. */
export function podRoleTrust(
  environment: Environment,
  { workload, namespace }: PodRole,
): NonNullable<Statement["Condition"]> {
  const { accountId, region } = environment;
  return podIdentityTrust({
    ...{ partition: partitionOf(region), accountId, region, namespace },
    clusterName: clusterName(environment),
    serviceAccount: workload,
  });
}

/** The policy of the role of a workload's pods. Rules check its length, and the security layer creates it. */
export function podRoleStatements(
  { region }: Pick<Environment, "region">,
  { secretArns, secretsKeyArn }: { readonly secretArns: readonly string[]; readonly secretsKeyArn: string },
): Statement[] {
  if (secretArns.length === 0) return [];
  const context = { "kms:EncryptionContext:SecretARN": secretArns };
  return readSecrets({ region, secretArns, secretsKeyArn }, context);
}

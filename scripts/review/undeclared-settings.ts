import { valueAt } from "../../modules/values/value-at";
import { accessChange } from "./policy-access";
import type { TerraformPlan } from "./terraform-plan";

/** Settings that AWS keeps apart from what a stack has, and that the stack does not have, so Terraform does not see them. */
export interface UndeclaredSettings {
  /** Repositories without a repository policy. */
  readonly repositories: readonly UndeclaredPolicy[];
  /** Whether the registry has no replication. */
  readonly replication: boolean;
  /** Whether the registry has no policy. */
  readonly registryPolicy: boolean;
}

/** A repository without a repository policy. */
export interface UndeclaredPolicy {
  /** Name of its resource, and of that of a policy, e.g. `web-app`. */
  readonly id: string;
  /** Name in ECR. */
  readonly name: string;
  /** Region of a replica. @default - the Region of the stack */
  readonly region?: string;
}

type Resources = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The settings that somebody could make by hand without a change in a plan. @param resource of the Terraform JSON */
export function undeclaredSettings(resource: Resources = {}): UndeclaredSettings {
  const policies = JSON.stringify(
    Object.values(resource["aws_ecr_repository_policy"] ?? {}).map((policy) =>
      valueAt(policy, ["repository"]),
    ),
  );
  const isRegistry = resource["aws_ecr_registry_scanning_configuration"] !== undefined;
  return {
    repositories: Object.entries(resource["aws_ecr_repository"] ?? {})
      .filter(([id]) => !policies.includes(`\${aws_ecr_repository.${id}.name}`))
      .map(([id, repository]) => ({
        id,
        name: String(valueAt(repository, ["name"])),
        ...regionOf(repository),
      })),
    replication: isRegistry && resource["aws_ecr_replication_configuration"] === undefined,
    registryPolicy: isRegistry && resource["aws_ecr_registry_policy"] === undefined,
  };
}

/** The provider of a replica is `aws.<Region>`. */
function regionOf(resource: unknown): { region?: string } {
  const [, region] = String(valueAt(resource, ["provider"])).split(".");
  return region === undefined ? {} : { region };
}

/** The same without what a plan still removes. */
export function withoutPlanned(settings: UndeclaredSettings, plan: TerraformPlan): UndeclaredSettings {
  const removed = (plan.resource_changes ?? []).filter(({ change }) => change.actions.includes("delete"));
  const removes = (type: string) => removed.some((change) => change.type === type);
  const addresses = removed.map(({ address }) => address);
  return {
    repositories: settings.repositories.filter(
      ({ id }) => !addresses.includes(`aws_ecr_repository_policy.${id}`),
    ),
    replication: settings.replication && !removes("aws_ecr_replication_configuration"),
    registryPolicy: settings.registryPolicy && !removes("aws_ecr_registry_policy"),
  };
}

/** What AWS has instead. */
export interface FoundSettings {
  /** JSON of the policy of each repository that has one, by name. */
  readonly repositoryPolicies: ReadonlyMap<string, string>;
  /** Account and Region of each destination. */
  readonly destinations: readonly { readonly registryId: string; readonly region: string }[];
  /** JSON of the registry policy, if there is one. */
  readonly registryPolicy: string | undefined;
}

/**
 * A line for each setting that was made by hand, with the command that removes it.
 *
 * @param where account, Region and environment file of the stack
 */
export function handMadeSettings(
  { repositoryPolicies, destinations, registryPolicy }: FoundSettings,
  where: { readonly accountId: string; readonly region: string; readonly file: string },
): string[] {
  const { accountId, region, file } = where;
  const removal = (command: string) => `declare it, or remove it with aws ecr ${command} --region ${region}`;
  const allowed = (policy: string) => {
    const { gained } = accessChange(undefined, policy, accountId);
    return gained.length === 0 ? "" : ` (${gained.map(({ text }) => text).join("; ")})`;
  };
  return [
    ...[...repositoryPolicies].map(
      ([name, policy]) =>
        `${name} has a repository policy that ${file} does not declare${allowed(policy)}; ${removal(`delete-repository-policy --repository-name ${name}`)}`,
    ),
    ...(destinations.length === 0
      ? []
      : [
          `the registry replicates to ${[...new Set(destinations.map((to) => `${to.registryId} in ${to.region}`))].join(", ")}, and no file declares it; ${removal(`put-replication-configuration --replication-configuration '{"rules":[]}'`)}`,
        ]),
    ...(registryPolicy === undefined
      ? []
      : [
          `the registry has a policy that no file declares${allowed(registryPolicy)}; ${removal("delete-registry-policy")}`,
        ]),
  ];
}

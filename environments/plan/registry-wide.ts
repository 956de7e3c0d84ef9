import { accountSettingsOf } from "./account-settings";
import { cachePrefix } from "./pull-through-caches";
import { pullTimeExclusionsOf } from "./pull-time-exclusions";
import type { RegistryPlan } from "./registry-plan";
import { allowingReplicaCreation } from "./registry-policy";

/** Something that AWS keeps once per account and Region, beside scanning and replication. */
export interface RegistryWideSetting {
  /** What it is, e.g. `BLOB_MOUNTING`. */
  readonly setting: string;
  readonly value: string;
  /** Files that request it. */
  readonly files: readonly string[];
}

/** Settings of a whole registry that no repository explains, and the files that request them. */
export function registryWideSettings(plan: RegistryPlan): RegistryWideSetting[] {
  const { environments } = plan;
  const allowing = allowingReplicaCreation(plan).map(({ file }) => file);
  return [
    ...(allowing.length === 0
      ? []
      : [{ setting: "replicas of other accounts", value: "may be created", files: allowing }]),
    ...accountSettingsOf(plan).map(({ name, requests }) => ({
      setting: name,
      value: requests[0]?.value ?? "",
      files: requests.map(({ file }) => file),
    })),
    ...environments.flatMap((environment) =>
      Object.entries(environment.ecr.pullThroughCache).map(([name, options]) => ({
        setting: `cache ${cachePrefix(environment, name, options)}`,
        value: options.upstream,
        files: [environment.file],
      })),
    ),
    ...environments.flatMap(({ file, ecr }) =>
      Object.entries(ecr.creationTemplates).map(([prefix, { appliedFor }]) => ({
        setting: `template ${prefix}`,
        value: appliedFor.toSorted().join(", "),
        files: [file],
      })),
    ),
    ...pullTimeExclusionsOf(environments).map(({ principalArn, requests }) => ({
      setting: "pull time not recorded",
      value: principalArn,
      files: requests.map(({ file }) => file),
    })),
  ];
}

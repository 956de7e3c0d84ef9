import { explainReplication, explainScanning } from "../../../modules/ecr/registry/registry-explanation";
import { replicationOf, replicationType, scanningOf, scanningType } from "../registry-loss";
import { placeOf, resourcesOf, type StackJson, type Stacks } from "../revisions/stack-json";

/** How a registry treats one repository in two revisions. */
export interface RepositoryDelta {
  /** Name in ECR. */
  readonly repository: string;
  readonly setting: "scanning" | "replication";
  /** `-` where the repository or the setting does not exist. */
  readonly before: string;
  readonly after: string;
}

/** One revision: the registry stack, and all stacks, which have the repositories. */
export interface RegistryRevision {
  readonly registry: StackJson | undefined;
  readonly stacks: Stacks;
}

/** What changes for each repository that the stacks of a revision have in the account and Region of a registry. */
export const repositoryDeltas = (before: RegistryRevision, after: RegistryRevision): RepositoryDelta[] =>
  settingsDeltas(declaredSettings(before), declaredSettings(after));

/** The settings of a registry in the attributes of their resources, and the names of its repositories. */
export interface RegistrySettings {
  readonly scanning: unknown;
  readonly replication: unknown;
  readonly repositories: readonly string[];
}

/** What changes for each repository of a registry. */
export function settingsDeltas(before: RegistrySettings, after: RegistrySettings): RepositoryDelta[] {
  const [old, current] = [treatmentsIn(before), treatmentsIn(after)];
  return [...new Set([...old.keys(), ...current.keys()])].toSorted().flatMap((repository) =>
    (["scanning", "replication"] as const).flatMap((setting) => {
      const from = old.get(repository)?.[setting] ?? "-";
      const to = current.get(repository)?.[setting] ?? "-";
      return from === to ? [] : [{ repository, setting, before: from, after: to }];
    }),
  );
}

type Treatment = Readonly<Record<RepositoryDelta["setting"], string>>;

function treatmentsIn({ scanning, replication, repositories }: RegistrySettings): Map<string, Treatment> {
  const scanned = scanningOf(scanning);
  const rules = replicationOf(replication);
  return new Map(
    repositories.map((name) => {
      const { scanType, scanFrequency } = explainScanning(scanned, name);
      const { destinations } = explainReplication(rules, name);
      const places = destinations.map(({ registryId, region }) => `${registryId} in ${region}`);
      return [
        name,
        { scanning: `${scanType} ${scanFrequency}`, replication: places.toSorted().join(", ") || "-" },
      ];
    }),
  );
}

/** A registry that does not exist treats no repository. */
function declaredSettings({ registry, stacks }: RegistryRevision): RegistrySettings {
  if (registry === undefined) return { scanning: undefined, replication: undefined, repositories: [] };
  const declared = [...resourcesOf(registry).values()];
  const ofType = (wanted: string) => declared.find(({ type }) => type === wanted)?.values;
  return {
    scanning: ofType(scanningType),
    replication: ofType(replicationType),
    repositories: repositoriesAt(registry, stacks),
  };
}

/** Names of the repositories that stacks have in the account and Region of a registry. */
export function repositoriesAt(registry: StackJson, stacks: Stacks): string[] {
  const { accountId, region } = placeOf(registry);
  return Object.values(stacks).flatMap((stack) =>
    [...resourcesOf(stack).values()]
      .filter(({ type }) => type === "aws_ecr_repository")
      .filter(({ provider }) => {
        const place = placeOf(stack, provider);
        return place.accountId === accountId && place.region === region;
      })
      .map(({ values }) => String(values["name"])),
  );
}

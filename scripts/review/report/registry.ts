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
export function repositoryDeltas(before: RegistryRevision, after: RegistryRevision): RepositoryDelta[] {
  const [old, current] = [settingsOf(before), settingsOf(after)];
  return [...new Set([...old.keys(), ...current.keys()])].toSorted().flatMap((repository) =>
    (["scanning", "replication"] as const).flatMap((setting) => {
      const [from, to] = [old, current].map((all) => all.get(repository)?.[setting] ?? "-") as [
        string,
        string,
      ];
      return from === to ? [] : [{ repository, setting, before: from, after: to }];
    }),
  );
}

type Settings = Readonly<Record<RepositoryDelta["setting"], string>>;

function settingsOf({ registry, stacks }: RegistryRevision): Map<string, Settings> {
  if (registry === undefined) return new Map();
  const ofType = (type: string) =>
    [...resourcesOf(registry).values()].find((declared) => declared.type === type)?.values;
  const scanned = scanningOf(ofType(scanningType));
  const rules = replicationOf(ofType(replicationType));
  return new Map(
    repositoriesAt(registry, stacks).map((name) => {
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

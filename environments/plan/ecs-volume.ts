import { fileReads, fileSystemPermission } from "../../modules/ci/file-permission";
import type { ManagedEnvironment } from "../../modules/ci/plan-permission";
import { fileBoundary } from "../../modules/efs/file-permission";
import { partitionOf } from "../../modules/iam/aws-partition";
import type { Statement } from "../../modules/iam/policy-document";
import { type EnvironmentId, namePrefix, type RegistryAddress } from "../naming";
import type { UncheckedEnvironment } from "../options/environment";
import { entriesIn, namesIn } from "../schema/unchecked";

/** Whether an environment uses file systems, its own or existing ones. */
export function hasFileSystems({ ecs }: Pick<UncheckedEnvironment, "ecs">): boolean {
  return (namesIn(ecs?.fileSystems) ?? []).length > 0;
}

/** The names of the file systems that an environment owns. */
export function ownFileSystems(ecs: UncheckedEnvironment["ecs"]): string[] {
  return entriesIn(ecs?.fileSystems).flatMap(([name, { id }]) => (id === undefined ? [name] : []));
}

/** Name of a file system that an environment owns, e.g. `myproject-dev-uploads`. */
export function fileSystemName(environment: EnvironmentId, name: string): string {
  return `${namePrefix(environment)}-${name}`;
}

/** ARN of a file system by its ID, or a pattern of ARNs. */
export function fileSystemArn({ accountId, region }: RegistryAddress, id: string): string {
  return `arn:${partitionOf(region)}:elasticfilesystem:${region}:${accountId}:file-system/${id}`;
}

/** A container before validation. */
interface Mounting {
  readonly mounts?: readonly (MountOf | undefined)[] | undefined;
}

interface MountOf {
  readonly volume?: string | undefined;
  readonly readOnly?: boolean | undefined;
}

/** Whether a container of a task writes to a volume. */
export function writesTo(
  volume: string,
  task: Mounting & { readonly containers?: Readonly<Record<string, Mounting | undefined>> | undefined },
): boolean {
  return [task, ...entriesIn(task.containers).map(([, container]) => container)].some(({ mounts }) =>
    mounts?.some((mount) => mount?.volume === volume && mount.readOnly !== true),
  );
}

/** What the roles of pipelines need for file systems; nothing in an environment without any. */
export function fileStatements(
  environment: Pick<UncheckedEnvironment, "ecs">,
  managed: ManagedEnvironment,
  access: "read" | "write",
): Statement[] {
  if (!hasFileSystems(environment)) return [];
  const existing = entriesIn(environment.ecs?.fileSystems).flatMap(([, { id }]) => id ?? []);
  return access === "read" ? fileReads() : fileSystemPermission(managed, [...new Set(existing)].toSorted());
}

/** What the permissions boundary allows for them. */
export function fileBoundaryOf(
  environment: RegistryAddress & Pick<UncheckedEnvironment, "ecs">,
): Statement[] {
  return hasFileSystems(environment) ? [fileBoundary(fileSystemArn(environment, "*"))] : [];
}

import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Fn, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { roleName } from "../../environments/naming";
import type { EcsOptions, EcsServiceOptions } from "../../environments/options/ecs";
import type { EcsScheduledTaskOptions } from "../../environments/options/ecs-scheduled-task";
import type { FileSystemOptions } from "../../environments/options/ecs-volume";
import { ecsServiceName, ecsTaskRole } from "../../environments/plan/ecs";
import { fileSystemArn, fileSystemName, writesTo } from "../../environments/plan/ecs-volume";
import type { Environment } from "../../environments/plan/environment";
import type { TaskVolumes } from "../../modules/ecs/task-volumes";
import { accessPoint } from "../../modules/efs/access-point";
import { type FileAccess, filePermission } from "../../modules/efs/file-permission";
import { FileSystemModule } from "../../modules/efs/file-system-module";
import { policyDocument } from "../../modules/iam/policy-document";
import { NameScope } from "../../modules/terraform/name-scope";
import type { ContractValues } from "../contract";
import { mapOutput } from "../map-output";
import type { networkContract } from "../network/network.contract";

type Network = ContractValues<typeof networkContract>;

/** A file system that volumes are in. */
interface UsedFileSystem {
  readonly id: string;
  readonly arn: string;
  /** `undefined` for one that the environment does not own. */
  readonly module?: FileSystemModule;
}

/** What the volumes of tasks need. */
export interface VolumeContext {
  readonly scope: Construct;
  readonly environment: Environment;
  readonly fileSystems: ReadonlyMap<string, UsedFileSystem>;
}

/** Add the file systems that an environment owns, and an output with the IDs of all. */
export function addFileSystems(
  scope: Construct,
  environment: Environment,
  { fileSystems }: Pick<EcsOptions, "fileSystems">,
  network: () => Network,
): VolumeContext {
  const entries = Object.entries(fileSystems);
  if (entries.length === 0) return { scope, environment, fileSystems: new Map() };
  const systems = new NameScope(scope, "file_systems");
  const used = entries.map(([name, options]) => {
    if (options.id !== undefined)
      return [name, { id: options.id, arn: fileSystemArn(environment, options.id) }] as const;
    const module = ownFileSystem(systems, name, options, { environment, network: network() });
    return [name, { id: module.id, arn: module.arn, module }] as const;
  });
  mapOutput(
    TerraformStack.of(scope),
    "ecs_file_system_ids",
    "ID of each file system that ECS tasks mount, by its name",
    used,
    ({ id }) => id,
  );
  return { scope: new NameScope(scope, "volumes"), environment, fileSystems: new Map(used) };
}

function ownFileSystem(
  scope: Construct,
  name: string,
  options: FileSystemOptions,
  { environment, network }: { readonly environment: Environment; readonly network: Network },
): FileSystemModule {
  return new FileSystemModule(scope, name, {
    name: fileSystemName(environment, name),
    vpcId: network.vpc_id,
    subnetIds: mountSubnets(environment, network),
    throughput: options.throughput ?? "elastic",
    infrequentAccessAfterDays: options.infrequentAccessAfterDays,
    backups: options.backups ?? true,
    preventDestroy: environment.deletionProtection,
  });
}

/** The private subnets, by Availability Zone, or by their IDs in a VPC that exists. */
function mountSubnets(
  { network: options }: Environment,
  { private_subnet_ids: ids }: Network,
): Record<string, string> {
  if (options?.kind === "existing") return Object.fromEntries(options.privateSubnetIds.map((id) => [id, id]));
  return Object.fromEntries(
    (options?.availabilityZones ?? []).map((zone, index) => [zone, Fn.element(ids, index)]),
  );
}

/** The volumes of a service or a scheduled task; nothing if it has none. */
export function taskVolumes(
  task: string,
  options: EcsServiceOptions | EcsScheduledTaskOptions,
  context: VolumeContext,
): { readonly volumes?: TaskVolumes } {
  const entries = Object.entries(options.volumes);
  if (entries.length === 0) return {};
  const own = new Construct(context.scope, task);
  const scopes = { points: new NameScope(own, "access_points"), policies: new NameScope(own, "policies") };
  const mounted = entries.map((entry) => mountedVolume(entry, task, options, { ...context, ...scopes }));
  const modules = [...new Set(mounted.flatMap(({ system }) => system.module ?? []))];
  return {
    volumes: {
      volumes: mounted.map(({ volume }) => volume),
      admit: (groupId) => [
        ...mounted.map(({ policy }) => policy),
        ...modules.flatMap((module) => [...module.needed, module.admit(task, groupId)]),
      ],
    },
  };
}

interface MountContext extends VolumeContext {
  readonly points: Construct;
  readonly policies: Construct;
}

/** A volume with its access point, and the policy that lets the task use it. */
function mountedVolume(
  [name, { fileSystem, ...directory }]: [string, EcsServiceOptions["volumes"][string]],
  task: string,
  options: EcsServiceOptions | EcsScheduledTaskOptions,
  { environment, fileSystems, points, policies }: MountContext,
) {
  const system = fileSystems.get(fileSystem);
  if (system === undefined) throw new Error(`there is no file system ${fileSystem}`);
  const point = accessPoint(points, name, {
    ...directory,
    name: `${ecsServiceName(environment, task)}-${name}`,
    fileSystemId: system.id,
  });
  const access: FileAccess = {
    fileSystemArn: system.arn,
    accessPointArn: point.arn,
    writes: writesTo(name, options),
  };
  const policy = new IamRolePolicy(policies, name, {
    // Another access point gets another policy: until the deployment ends, and after its rollback, tasks use the old one.
    name: point.id,
    role: roleName(environment, ecsTaskRole(task)),
    policy: policyDocument(filePermission([access])),
    lifecycle: { createBeforeDestroy: true },
  });
  return { system, policy, volume: { name, fileSystemId: system.id, accessPointId: point.id } };
}

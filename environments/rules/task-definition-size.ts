import type { Container, Mount, Ulimit } from "../../modules/ecs/container";
import { maxTaskDefinitionBytes, taskDefinitionBytes } from "../../modules/ecs/task-definition-size";
import { partitionOf } from "../../modules/iam/aws-partition";
import { roleName, rolePath } from "../naming";
import type { UncheckedEcsService } from "../options/ecs";
import type { UncheckedScheduledTask } from "../options/ecs-scheduled-task";
import type { UncheckedEnvironment } from "../options/environment";
import { ecsLogGroup, ecsServiceName, ecsTaskRole, secretValues } from "../plan/ecs";
import { imageRepositoryUrl } from "../plan/image-address";
import { secretArnShape } from "../plan/secrets";
import type { RuleContext } from "../schema/rule";
import { entriesIn, itemsIn, namesIn, textsIn } from "../schema/unchecked";
import type { UncheckedSidecar } from "./ecs-container";
import { environmentAddressOf } from "./sections";

type Task = UncheckedEcsService | UncheckedScheduledTask;

/** Strings of a map by name; none for a value that is not a map, which the schema reports. */
const stringsIn = (map: unknown): [string, string][] =>
  Object.entries(typeof map === "object" && map !== null && !Array.isArray(map) ? map : {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );

/** ECS limits the size of a task definition, to which variables, secrets and directories contribute. */
export function taskDefinitionSize(
  environment: UncheckedEnvironment,
  name: string,
  service: Task,
  { problem }: RuleContext,
): void {
  const address = environmentAddressOf(environment);
  if (address === undefined) return;
  const { accountId, region } = address;
  const containers = [[name, service] as const, ...entriesIn(service.containers)];
  const bytes = taskDefinitionBytes(
    containers.map(([container, options]) => containerShape(environment, address, name, container, options)),
    ecsServiceName(address, name),
    `arn:${partitionOf(region)}:iam::${accountId}:role${rolePath(address)}${roleName(address, ecsTaskRole(name))}`,
    namesIn(service.volumes),
  );
  if (bytes > maxTaskDefinitionBytes)
    problem(
      [],
      `a task definition of ${bytes} bytes`,
      `ECS allows ${maxTaskDefinitionBytes} bytes, including variables, secrets and writablePaths; store long values elsewhere, for example in the image or in Parameter Store`,
    );
}

/** A container with values of the length that the real ones have. */
function containerShape(
  environment: UncheckedEnvironment,
  address: NonNullable<ReturnType<typeof environmentAddressOf>>,
  service: string,
  name: string,
  options: Omit<Task, "cpu" | "memory"> | UncheckedSidecar,
): Container {
  const { region } = address;
  const texts = (list: unknown) => textsIn(list).map(([part]) => part);
  const arnsOf = (references: unknown) =>
    secretValues(references, (secret) => secretArnShape(environment, secret));
  return {
    name,
    image: `${imageRepositoryUrl(address, options.image?.repository ?? "")}@sha256:${"0".repeat(64)}`,
    entryPoint: texts(options.entryPoint),
    command: texts(options.command),
    user: options.user,
    environment: Object.fromEntries(stringsIn(options.environment)),
    secretArns: arnsOf(options.secrets),
    healthCheck: { command: texts(options.healthCheckCommand), startPeriod: 300 },
    readonlyRootFilesystem: true,
    ...settings(options, name === service),
    writablePaths: texts(options.writablePaths),
    mounts: mountsIn(options.mounts),
    ...(options.logs && {
      routedLogs: {
        options: Object.fromEntries(stringsIn(options.logs.options)),
        secretArns: arnsOf(options.logs.secretOptions),
      },
    }),
    logGroup: ecsLogGroup(address, service),
    region,
  };
}

/** Mounts with texts, also where they are missing. */
const mountsIn = (mounts: unknown): Mount[] =>
  itemsIn(mounts).map(([mount]) => {
    const { volume = "", path = "" } = Object.fromEntries(stringsIn(mount));
    return { volume, path, readOnly: false };
  });

/** What a container has beside texts. The main container reserves nothing of its task. */
function settings(options: Omit<Task, "cpu" | "memory"> | UncheckedSidecar, isMain: boolean) {
  const { stopTimeoutSeconds, initProcessEnabled, ulimits, dependsOn } = options;
  const { port, logRouter, serviceConnect, ...sizes } = options as UncheckedEcsService & UncheckedSidecar;
  const { cpu, memory, memoryReservation } = sizes;
  const configFile = stringsIn(logRouter).find(([key]) => key === "configFile")?.[1];
  return {
    ...(isMain && port !== undefined && { port }),
    ...(isMain &&
      serviceConnect?.server && { namedPort: { name: "a".repeat(64), protocol: "http2" as const } }),
    ...(!isMain && { essential: false, resources: { cpu, memory, memoryReservation } }),
    stopTimeout: stopTimeoutSeconds,
    initProcessEnabled: initProcessEnabled === true,
    ulimits: itemsIn(ulimits).map(([limit]) => limit as Ulimit),
    dependsOn: Object.fromEntries(stringsIn(dependsOn)) as NonNullable<Container["dependsOn"]>,
    ...(logRouter && { logRouter: { type: "fluentbit" as const, configFile, ecsMetadata: false } }),
  };
}

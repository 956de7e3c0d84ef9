import { image, variables } from "./consumer-parts";
import { atMost, type Limits, limitedBy, nameIn, pages, range, under } from "./limit";

const docs = "https://docs.aws.amazon.com";

const definition = "65,536 bytes of task definition";
const inDefinition = limitedBy(definition, pages.ecs);
const healthCheck = range(`${docs}/AmazonECS/latest/APIReference/API_HealthCheck.html`);
const ulimit = `${docs}/AmazonECS/latest/APIReference/API_Ulimit.html`;
const containerPath = atMost(
  4095,
  "parts of up to 255 letters, digits and `_.-`",
  "https://man7.org/linux/man-pages/man7/path_resolution.7.html",
);
const containerPage = `${docs}/AmazonECS/latest/APIReference/API_ContainerDefinition.html`;

/** Limits of the options of every container of a task. */
const container: Limits = {
  ...image,
  ...variables(limitedBy(`${definition}; no spaces, \`=\` and control characters`, pages.ecs), inDefinition),
  "secrets.<name>.secret": nameIn("security.secrets"),
  "secrets.<name>.key": limitedBy(
    `${definition}; no colon`,
    `${docs}/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html`,
  ),
  entryPoint: inDefinition,
  "entryPoint[]": inDefinition,
  command: inDefinition,
  "command[]": inDefinition,
  user: atMost(511, "a user and a group of up to 255 letters, digits and `_.-`", containerPage),
  healthCheckCommand: inDefinition,
  "healthCheckCommand[]": inDefinition,
  healthCheckIntervalSeconds: healthCheck,
  healthCheckTimeoutSeconds: healthCheck,
  healthCheckRetries: healthCheck,
  healthCheckStartPeriodSeconds: healthCheck,
  writablePaths: inDefinition,
  "writablePaths[]": containerPath,
  mounts: inDefinition,
  "mounts[].volume": nameIn("volumes"),
  "mounts[].path": containerPath,
  stopTimeoutSeconds: range(containerPage),
  ulimits: atMost(15, "one for each resource", ulimit),
  "ulimits[].softLimit": range(ulimit),
  "ulimits[].hardLimit": range(ulimit),
  dependsOn: atMost(9, "one for each other container", pages.ecs),
  "dependsOn.<name>@": { words: "a name in `containers`, or of the service", source: "project" },
  "logs.options": inDefinition,
  "logs.options.<name>@": inDefinition,
  "logs.options.<name>": inDefinition,
  "logs.secretOptions": inDefinition,
  "logs.secretOptions.<name>@": inDefinition,
  "logs.secretOptions.<name>": nameIn("security.secrets"),
};

const posixUser = range(`${docs}/efs/latest/ug/API_PosixUser.html`);

/** Limits of the directories that containers mount. */
const volumes: Limits = {
  volumes: atMost(
    10,
    "up to two inline policies of the role for each, and 10,240 characters for all",
    "project",
  ),
  "volumes.<name>@": atMost(64, "lowercase letters and digits with single hyphens", "project"),
  "volumes.<name>.fileSystem": nameIn("ecs.fileSystems"),
  "volumes.<name>.directory": atMost(100, "up to four parts", `${docs}/efs/latest/ug/API_RootDirectory.html`),
  "volumes.<name>.uid": posixUser,
  "volumes.<name>.gid": posixUser,
  "volumes.<name>.permissions": atMost(4, "an octal number", `${docs}/efs/latest/ug/API_CreationInfo.html`),
};

/** Limits of the options of a task: of a service, or one that starts on a schedule. */
export const ecsTask: Limits = {
  ...container,
  containers: atMost(9, "besides the container of the service; 10 in a task definition", pages.ecs),
  "containers.<name>@": atMost(255, "lowercase letters and digits with single hyphens", containerPage),
  ...under("containers.<name>", {
    ...container,
    cpu: range(containerPage),
    memory: range(containerPage),
    memoryReservation: range(containerPage),
    "logRouter.configFile": atMost(
      1024,
      "the path of a file in the image",
      `${docs}/AmazonECS/latest/developerguide/firelens-taskdef.html`,
    ),
  }),
  ...volumes,
  ephemeralStorageGib: range(`${docs}/AmazonECS/latest/APIReference/API_EphemeralStorage.html`),
  cpu: range(`${docs}/AmazonECS/latest/developerguide/fargate-tasks-services.html`),
  memory: range(`${docs}/AmazonECS/latest/developerguide/fargate-tasks-services.html`),
};

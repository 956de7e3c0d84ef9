import { maxTaskDefinitionBytes, taskDefinitionBytes } from "../../modules/ecs/task-definition-size";
import { partitionOf } from "../../modules/iam/aws-partition";
import { roleName, rolePath } from "../naming";
import type { UncheckedEcsService } from "../options/ecs";
import type { UncheckedEnvironment } from "../options/environment";
import { ecsLogGroup, ecsServiceName, ecsTaskRole } from "../plan/ecs";
import { imageRepositoryName } from "../plan/pull-through-caches";
import { secretArnShape } from "../plan/secrets";
import type { RuleContext } from "../schema/rule";
import { textsIn } from "../schema/unchecked";
import { environmentAddressOf } from "./sections";

/** Strings of a map by name; none for a value that is not a map, which the schema reports. */
const stringsIn = (map: unknown): [string, string][] =>
  Object.entries(typeof map === "object" && map !== null && !Array.isArray(map) ? map : {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );

/** ECS limits the size of a task definition, to which variables, secrets and directories contribute. */
export function taskDefinitionSize(
  environment: UncheckedEnvironment,
  name: string,
  service: UncheckedEcsService,
  { problem }: RuleContext,
): void {
  const address = environmentAddressOf(environment);
  if (address === undefined) return;
  const { accountId, region } = address;
  const secrets = stringsIn(service.secrets).map(([variable, secret]) => [
    variable,
    secretArnShape(environment, secret),
  ]);
  const bytes = taskDefinitionBytes(
    {
      name,
      image: `${accountId}.dkr.ecr.${region}.amazonaws.com/${imageRepositoryName(address, service.image?.repository ?? "")}@sha256:${"0".repeat(64)}`,
      environment: Object.fromEntries(stringsIn(service.environment)),
      secretArns: Object.fromEntries(secrets),
      healthCheck: {
        command: textsIn(service.healthCheckCommand).map(([part]) => part),
        startPeriod: 300,
      },
      readonlyRootFilesystem: true,
      writablePaths: textsIn(service.writablePaths).map(([path]) => path),
      logGroup: ecsLogGroup(address, name),
      region,
    },
    ecsServiceName(address, name),
    `arn:${partitionOf(region)}:iam::${accountId}:role${rolePath(address)}${roleName(address, ecsTaskRole(name))}`,
  );
  if (bytes > maxTaskDefinitionBytes)
    problem(
      [],
      `a task definition of ${bytes} bytes`,
      `ECS allows ${maxTaskDefinitionBytes} bytes, including variables, secrets and writablePaths; store long values elsewhere, for example in the image or in Parameter Store`,
    );
}

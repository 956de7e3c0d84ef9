import type { AlarmPlan } from "../../modules/ecs/alarm-plan";
import type { EnvironmentId } from "../naming";
import { ecsServiceName } from "./ecs";

/** The alarms of a service before validation. */
export interface OwnAlarms {
  readonly serverErrorPercent?: number | undefined;
  readonly unhealthyMinutes?: number | undefined;
  readonly cpuPercent?: number | undefined;
  readonly memoryPercent?: number | undefined;
}

/** Minutes in a row after which an alarm about requests, or about what tasks use, goes into `ALARM`. */
const [requestMinutes, usageMinutes] = [2, 3];

/** The alarms that an environment creates for a service, e.g. `myproject-dev-web-app-errors`. */
export function alarmsOf(environment: EnvironmentId, service: string, options: OwnAlarms = {}): AlarmPlan[] {
  const { serverErrorPercent, unhealthyMinutes, cpuPercent, memoryPercent } = options;
  const alarm = (
    kind: AlarmPlan["kind"],
    threshold: number | undefined,
    minutes = usageMinutes,
  ): AlarmPlan[] =>
    threshold === undefined
      ? []
      : [{ kind, name: `${ecsServiceName(environment, service)}-${kind}`, threshold, minutes }];
  return [
    ...alarm("errors", serverErrorPercent, requestMinutes),
    ...alarm("unhealthy", unhealthyMinutes === undefined ? undefined : 1, unhealthyMinutes),
    ...alarm("cpu", cpuPercent),
    ...alarm("memory", memoryPercent),
  ];
}

/** Whether an environment creates alarms for its services. */
export function hasOwnAlarms(
  ecs:
    | {
        readonly services: Readonly<
          Record<string, { readonly deployment?: { readonly ownAlarms?: OwnAlarms | undefined } | undefined }>
        >;
      }
    | undefined,
): boolean {
  return Object.values(ecs?.services ?? {}).some(({ deployment }) => deployment?.ownAlarms !== undefined);
}

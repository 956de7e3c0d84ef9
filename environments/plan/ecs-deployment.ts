import { stepDefaults, type TrafficShift } from "../../modules/ecs/traffic-shift";
import { entriesIn } from "../schema/unchecked";

/** The options of a deployment that decide how ECS shifts traffic, before validation. */
export interface DeploymentOptions {
  readonly strategy?: string | undefined;
  readonly bakeMinutes?: number | undefined;
  readonly stepPercent?: number | undefined;
  readonly stepMinutes?: number | undefined;
}

/** Minutes that old tasks stay by default. AWS has no default, and its console proposes this. */
const usualBakeMinutes = 15;

const awsNames = { blueGreen: "BLUE_GREEN", linear: "LINEAR", canary: "CANARY" } as const;

/** The strategies that shift traffic. */
export const shiftingStrategies = Object.keys(awsNames);

/** How ECS shifts the traffic of a service; `undefined` if it does not. */
export function trafficShift(deployment: DeploymentOptions | undefined): TrafficShift | undefined {
  const { strategy: name = "", bakeMinutes = usualBakeMinutes, stepPercent, stepMinutes } = deployment ?? {};
  const strategy = (awsNames as Readonly<Record<string, TrafficShift["strategy"]>>)[name];
  if (strategy === undefined) return undefined;
  if (strategy === "BLUE_GREEN") return { strategy, bakeMinutes };
  const usual = stepDefaults[strategy];
  return {
    strategy,
    bakeMinutes,
    stepPercent: stepPercent ?? usual.stepPercent,
    stepMinutes: stepMinutes ?? usual.stepMinutes,
  };
}

/** What to write of the strategy; `undefined` if the file names none. */
export function strategyOf(deployment: DeploymentOptions | undefined): "rolling" | TrafficShift | undefined {
  return deployment?.strategy === "rolling" ? "rolling" : trafficShift(deployment);
}

/** Whether alarms can fail a deployment. */
export function watchesAlarms(
  deployment:
    | {
        readonly alarms?: readonly string[] | undefined;
        readonly ownAlarms?: object | undefined;
        readonly enableAlarms?: boolean | undefined;
      }
    | undefined,
): boolean {
  const names = deployment?.alarms ?? deployment?.ownAlarms;
  return names !== undefined && deployment?.enableAlarms !== false;
}

/**
 * Whether ECS needs a role to shift the traffic of services, before validation. `rolling` needs it too, as the way back: security
 * deploys before compute, and until then the service names the role.
 */
export function needsInfrastructureRole(
  ecs:
    | {
        readonly services?:
          | Readonly<Record<string, { readonly deployment?: unknown } | undefined>>
          | undefined;
      }
    | undefined,
): boolean {
  return entriesIn(ecs?.services).some(
    ([, { deployment }]) => (deployment as DeploymentOptions | null | undefined)?.strategy !== undefined,
  );
}

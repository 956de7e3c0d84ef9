import type { Environment } from "../../plan/environment";
import { type RegistryPlan, usersOf } from "../../plan/registry-plan";
import type { Problem } from "../../schema/problem";

/** One role deploys the stack of a registry, so all environments that share it must name the same. */
export function sharedDeployRole(plan: RegistryPlan): Problem[] {
  const [first, ...others] = usersOf(plan);
  return others.flatMap((other): Problem[] =>
    textOf(other) === textOf(first)
      ? []
      : [
          {
            file: other.file,
            path: ["deployRole"],
            found: textOf(other),
            advice: `${first.file} shares the registry of ${plan.accountId} in ${plan.region}, whose stack one role deploys, and has ${textOf(first)}; use the same deployRole in both`,
          },
        ],
  );
}

/** The name of the session may differ: it changes nothing but what CloudTrail records. */
const textOf = ({ deployRole }: Environment): string =>
  deployRole === undefined
    ? "no deployRole"
    : [deployRole.arn, deployRole.externalId].filter((part) => part !== undefined).join(", external ID ");

import type { Definition } from "../../../environments/environment";
import type { EnvironmentInput } from "../../../environments/options/environment";
import { problemsIn } from "./load-message";
import { minimal, only } from "./minimal";

export type EcsInput = NonNullable<EnvironmentInput["ecs"]>;

export type ServiceInput = NonNullable<EcsInput["services"]>[string];

/** A VPC with room for a load balancer. */
export const network = {
  kind: "existing",
  vpcId: "vpc-0123456789abcdef0",
  privateSubnetIds: ["subnet-00000000000000001", "subnet-00000000000000002"],
  publicSubnetIds: ["subnet-00000000000000003", "subnet-00000000000000004"],
} as const satisfies EnvironmentInput["network"];

/** The least that a service needs. */
export const image = { repository: "app", tag: "v1" } as const;

/** A development environment with the repository `app` and the service `web`. */
export function withService(
  options: Partial<ServiceInput>,
  change: Partial<EnvironmentInput> = {},
): Record<string, Definition> {
  return only({
    ...minimal,
    network,
    ecr: { repositories: { app: {} } },
    ecs: { services: { web: { image, ...options } } },
    ...change,
  });
}

/** A certificate that the load balancer of such a service can use. */
export const certificateArn = "arn:aws:acm:eu-west-1:111122223333:certificate/0123abcd-ef";

/** Where the service stands in the file. */
export const at = "environments/test.ts: ecs.services.web";

/** Everything that is wrong with such an environment, one line each. */
export function problemsWith(
  options: Partial<ServiceInput>,
  change: Partial<EnvironmentInput> = {},
): string[] {
  return problemsIn(withService(options, change));
}

import type { EndpointService } from "../../modules/network/endpoint-services";
import type { EnvironmentId } from "../naming";
import type { UncheckedEnvironment } from "../options/environment";

/** What the rest of the project must know about a kind of consumer. */
export interface ConsumerKindPlan {
  /** The map of consumers in the kind's section of the file, e.g. `services`. */
  readonly collection: string;
  /** What one consumer is called in a sentence, e.g. `ECS service`. */
  readonly label: string;
  /** What the kind is called where it cannot pull through a cache. @default - it can */
  readonly refusesCaches?: string;
  /**
   * Whether the platform resolves a tag once, at deploy, instead of at each start.
   *
   * @default false
   */
  readonly resolvesTagAtDeploy?: boolean;
  /** The service that encrypts with the secrets key on behalf of the kind. @default - none */
  readonly secretsKeyUser?: "lambda" | "eks";
  /** Prefix of the log groups that consumers of the kind write to. */
  logGroupPrefix(environment: EnvironmentId): string;
  /** VPC endpoints that the kind needs besides those that every consumer needs. @default - none */
  endpoints?(environment: UncheckedEnvironment): readonly EndpointService[];
}

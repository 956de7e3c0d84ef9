import type { EndpointService } from "../../modules/network/endpoint-services";
import type { EnvironmentId } from "../naming";
import type { UncheckedEnvironment } from "../options/environment";

/** Properties of a kind of consumer that rules, warnings and layers use. */
export interface ConsumerKindPlan {
  /** The options in the kind's section that contain consumers, and what one is called in messages, e.g. `ECS service`. */
  readonly collections: Readonly<Record<string, string>>;
  /** Name of the kind in messages if it cannot pull through a cache. @default - it can */
  readonly refusesCaches?: string;
  /**
   * Whether the platform resolves a tag once, at deployment, instead of at each start.
   *
   * @default false
   */
  readonly resolvesTagAtDeploy?: boolean;
  /** Whether a pipeline can own the images of its consumers. @default false */
  readonly pipelineImages?: boolean;
  /** The service that encrypts with the secrets key on behalf of the kind. @default - none */
  readonly secretsKeyUser?: "lambda" | "eks";
  /**
   * Further images that run as part of a consumer: the option that contains them, and options that they share with it.
   *
   * @default - a consumer runs one image
   */
  readonly parts?: { readonly collection: string; readonly inherited: readonly string[] };
  /** Prefix of the log groups that consumers of the kind write to. */
  logGroupPrefix(environment: EnvironmentId): string;
  /** VPC endpoints that the kind needs in addition to those that every consumer needs. @default - none */
  endpoints?(environment: UncheckedEnvironment): readonly EndpointService[];
}

import type { ConsumerKind } from "../../../environments/options/consumers";
import { type Consumer, consumersOf } from "../../../environments/plan/consumers";
import type { Environment } from "../../../environments/plan/environment";
import { imageAddress } from "../../../environments/plan/image-address";

/** A consumer whose images a pipeline deploys. */
export interface PipelineConsumer {
  readonly consumer: Consumer;
  /** URI of the image that Terraform would create it with. */
  readonly declared: string;
}

/** An image that runs. */
export interface RunningNow {
  /** URI with which the service or function was deployed. */
  readonly uri: string;
  /** `undefined` for a URI with a tag, which AWS does not resolve. */
  readonly digest: string | undefined;
  /** When the deployment that runs it was created, or the version was published. */
  readonly since: Date | undefined;
  /** What is not as usual, e.g. that a further deployment is in progress. */
  readonly notes: readonly string[];
}

/** The image of such a consumer, now and in the file. */
export interface PipelineImage extends PipelineConsumer {
  /** `undefined` if the consumer is not deployed yet. */
  readonly running: (RunningNow & { readonly tags: readonly string[] | undefined }) | undefined;
}

/** The consumers of an environment whose images a pipeline deploys. Those that await their first push do not exist yet. */
export function pipelineConsumers(
  environment: Environment,
  kinds?: readonly ConsumerKind[],
): PipelineConsumer[] {
  return consumersOf(environment)
    .filter(
      ({ kind, options: { image } }) => image.managedBy === "pipeline" && (kinds?.includes(kind) ?? true),
    )
    .flatMap((consumer) => {
      const declared = imageAddress(environment, consumer.options.image);
      return declared === undefined ? [] : [{ consumer, declared }];
    });
}

/** The digest in the URI of an image. */
export const digestIn = (uri: string): string | undefined => /@(sha256:[0-9a-f]{64})$/.exec(uri)?.[1];

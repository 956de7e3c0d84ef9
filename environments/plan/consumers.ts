import { type ConsumerKind, consumerOptions } from "../options/consumers";
import type { UncheckedEnvironment } from "../options/environment";
import type { ImageOptions, UncheckedImage } from "../options/image";
import { entriesIn } from "../schema/unchecked";
import type { ConsumerKindPlan } from "./consumer-kind";
import { ecsKind, type ReadsSecrets } from "./ecs";
import { eksKind } from "./eks";
import type { Environment } from "./environment";
import { lambdaKind } from "./lambda";

/** Every kind of consumer. */
export const consumerKinds: Readonly<Record<ConsumerKind, ConsumerKindPlan>> = {
  ecs: ecsKind,
  lambda: lambdaKind,
  eks: eksKind,
};

/** The kinds in the order of their sections in a file. */
export const kindNames = Object.keys(consumerOptions) as ConsumerKind[];

/** The kinds that an environment has a section for. */
export function kindsIn(environment: Pick<UncheckedEnvironment, ConsumerKind>): ConsumerKindPlan[] {
  return kindNames.filter((kind) => environment[kind] !== undefined).map((kind) => consumerKinds[kind]);
}

/** Visit every kind that an environment has a section for, with its options. */
export function forEachKind(
  environment: Pick<Environment, ConsumerKind>,
  visit: <K extends ConsumerKind>(kind: K, options: NonNullable<Environment[K]>) => void,
): void {
  const visitOne = <K extends ConsumerKind>(kind: K) => {
    const options = environment[kind];
    if (options !== undefined) visit(kind, options);
  };
  for (const kind of kindNames) visitOne(kind);
}

/** A workload that runs images from a repository: an ECS service, a Lambda function or a Kubernetes workload. */
export interface Consumer<Options = { readonly image: ImageOptions }> {
  readonly kind: ConsumerKind;
  /** What it is in messages, e.g. `Lambda function`. */
  readonly label: string;
  /** Name of the service, function or workload in the environment file. */
  readonly name: string;
  /** Where the environment file defines it, e.g. `["ecs", "services", "web-app"]`. */
  readonly path: readonly PropertyKey[];
  readonly options: Options;
}

/** The options that consumers of every kind can have, before validation. */
export interface UncheckedConsumerOptions extends ReadsSecrets {
  readonly image?: UncheckedImage | undefined;
  readonly environment?: Readonly<Record<string, unknown>> | undefined;
}

/** Whether a pipeline deploys the images of a consumer that exists. The file has only its first image. */
export const isDeployedByPipeline = ({ options: { image } }: Consumer): boolean =>
  image.managedBy === "pipeline" && !image.awaitsFirstPush;

/** All consumers of an environment, including those that await their first push. */
export function consumersOf(environment: Pick<Environment, ConsumerKind>): Consumer[] {
  return uncheckedConsumers(environment as UncheckedEnvironment) as Consumer[];
}

type Section = Readonly<Record<string, Readonly<Record<string, UncheckedConsumerOptions>>>>;

/**
 * The consumers of an environment before validation, except values that are not objects. A part of a consumer that runs an
 * image of its own is one too, e.g. `web/proxy`.
 */
export function uncheckedConsumers(environment: UncheckedEnvironment): Consumer<UncheckedConsumerOptions>[] {
  return kindNames.flatMap((kind) => {
    const section = environment[kind] as Section | undefined;
    return Object.entries(consumerKinds[kind].collections).flatMap(([collection, label]) =>
      entriesIn(section?.[collection]).flatMap(([name, options]) => {
        const consumer = { kind, name, label, path: [kind, collection, name], options };
        return [consumer, ...partsOf(consumer)];
      }),
    );
  });
}

function partsOf(whole: Consumer<UncheckedConsumerOptions>): Consumer<UncheckedConsumerOptions>[] {
  const { parts } = consumerKinds[whole.kind];
  if (parts === undefined) return [];
  const options = whole.options as Readonly<Record<string, unknown>>;
  const shared = Object.fromEntries(parts.inherited.map((option) => [option, options[option]]));
  const map = options[parts.collection] as Readonly<Record<string, UncheckedConsumerOptions>> | undefined;
  return entriesIn(map).map(([name, part]) => ({
    kind: whole.kind,
    name: `${whole.name}/${name}`,
    label: whole.label,
    path: [...whole.path, parts.collection, name],
    options: { ...part, ...shared },
  }));
}

/** Description of a consumer in messages, e.g. `Lambda function "processor"`. */
export function describeConsumer({ label, name }: Pick<Consumer, "label" | "name">): string {
  return `${label} "${name}"`;
}

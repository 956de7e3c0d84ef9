import type { Severity } from "../../modules/ecr/monitoring/finding-message";
import type { ImageGateOptions } from "../options/image-gate";
import { type BuildPlatform, platformOf } from "./build-platforms";
import { type Consumer, consumersOf, describeConsumer } from "./consumers";
import type { Environment } from "./environment";
import { imageAddress } from "./image-address";
import { otherRepository } from "./other-registries";

/** A severity of an environment file, or one that only scans have, which a flag can name. */
export type GateSeverity = Severity | "UNTRIAGED" | "UNDEFINED";

/** What the gate checks of the images of one repository. */
export interface GateRules {
  /** The mildest severity that refuses. @default - scans are not looked at */
  readonly severity: GateSeverity | undefined;
  /** Days. @default - any age */
  readonly maxAgeDays: number | undefined;
  readonly requireSignature: boolean;
  readonly requireArchitecture: boolean;
}

/** The rules for the images of a repository. @param repository short name, or a cache and the path of the image */
export function gateRulesOf(gate: ImageGateOptions, repository: string): GateRules {
  const own = Object.hasOwn(gate.repositories, repository) ? gate.repositories[repository] : undefined;
  return {
    severity: own?.severity ?? gate.severity,
    maxAgeDays: own?.maxAgeDays ?? gate.maxAgeDays,
    requireSignature: own?.requireSignature ?? gate.requireSignature,
    requireArchitecture: own?.requireArchitecture ?? gate.requireArchitecture,
  };
}

/** Whether the gate wants a signature of the images of a repository. */
export const mustBeSigned = ({ imageGate }: Pick<Environment, "imageGate">, repository: string): boolean =>
  imageGate !== undefined && gateRulesOf(imageGate, repository).requireSignature;

/** A platform that an image must be for. */
export interface WantedPlatform {
  readonly platform: BuildPlatform;
  /** Who runs the image on it, e.g. `ECS service "web-app"`. */
  readonly by: string;
}

/** An image that consumers of an environment name. */
export interface NamedImage {
  /** Short name, or a cache and the path of the image. */
  readonly repository: string;
  readonly reference: { readonly tag: string } | { readonly digest: string };
  /** As consumers pull it. */
  readonly uri: string;
  readonly consumers: readonly Consumer[];
  /** Whether a pipeline deploys later images of all these consumers. */
  readonly onlyFirst: boolean;
}

/**
 * The images that the file names in the registry of its account, each once. Consumers that await their first push name none.
 */
export function namedImages(environment: Environment): NamedImage[] {
  const byUri = new Map<string, Consumer[]>();
  for (const consumer of consumersOf(environment)) {
    const { image } = consumer.options;
    const uri = otherRepository(image.repository) ? undefined : imageAddress(environment, image);
    if (uri !== undefined) byUri.set(uri, [...(byUri.get(uri) ?? []), consumer]);
  }
  return [...byUri].flatMap(([uri, consumers]) => {
    const { repository, tag, digest } = consumers[0]?.options.image ?? { repository: "" };
    const reference = digest === undefined ? (tag === undefined ? undefined : { tag }) : { digest };
    const onlyFirst = consumers.every(({ options }) => options.image.managedBy === "pipeline");
    return reference === undefined ? [] : [{ repository, reference, uri, consumers, onlyFirst }];
  });
}

/** URIs of the images of other accounts that consumers run, which the gate does not check. */
export const uncheckedImages = (environment: Environment): string[] => [
  ...new Set(
    consumersOf(environment).flatMap(({ options: { image } }) => {
      const uri = otherRepository(image.repository) && imageAddress(environment, image);
      return uri === undefined ? [] : [uri];
    }),
  ),
];

/** The platforms on which consumers run an image. */
export const wantedPlatforms = (consumers: readonly Consumer[]): WantedPlatform[] =>
  consumers.flatMap((consumer) => {
    const platform = platformOf(consumer.options);
    return platform === undefined ? [] : [{ platform, by: describeConsumer(consumer) }];
  });

/** The platforms on which consumers run the images of a repository, whichever they are. */
export const platformsOfRepository = (environment: Environment, repository: string): WantedPlatform[] =>
  wantedPlatforms(consumersOf(environment).filter(({ options }) => options.image.repository === repository));

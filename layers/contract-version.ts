/** The layers whose outputs other stacks read. */
export type PublishingLayer = "security" | "network" | "compute";

/**
 * The version of what each layer publishes. It rises with every change of a contract: an output that is new, removed or
 * renamed, or whose values change their kind or meaning. An output that only environments with a new option have is none: its
 * readers have the option too, and stop without it. A test fails if the outputs change and the version does not.
 *
 * It does not rise with an output that is published and read only where an environment file has a new option: readers of such
 * an output stop where it is missing, and everyone else's layers stay as they are.
 *
 * A stack reads this version or a later one, so a layer that was deployed before the change has to be deployed again first.
 */
export const contractVersions: Readonly<Record<PublishingLayer, number>> = {
  security: 1,
  network: 1,
  compute: 1,
};

/** The output with the version. */
export const versionOutput = "contract_version";

/** Whether readers refuse a layer that was deployed with this value of {@link versionOutput}. */
export const isOlder = (layer: PublishingLayer, deployed: unknown): boolean =>
  typeof deployed !== "number" || deployed < contractVersions[layer];

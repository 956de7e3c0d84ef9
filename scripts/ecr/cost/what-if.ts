import type { RepositoryOptions } from "../../../environments/options/repository";
import { composedPolicyOf } from "../../../environments/plan/lifecycle";
import type { LifecyclePolicy } from "../../../modules/ecr/lifecycle/lifecycle-rule";
import { simulateLifecycle } from "../../../modules/ecr/lifecycle/lifecycle-simulator";
import { replicaLifecycle } from "../../../modules/ecr/lifecycle/replica-lifecycle";
import type { MeasuredImage, MeasuredRepository } from "./read-storage";
import type { StoredBytes } from "./repository-storage";

/** What a repository would store after ECR next applied its lifecycle policy. */
export interface WhatIf {
  /** What it stores now. */
  readonly now: StoredBytes;
  /** After the policy of the environment file, which ECR may have yet to apply. */
  readonly declared: StoredBytes;
  /** After that policy with another number of images. */
  readonly changed: StoredBytes;
  /** Images that the change would expire, and the policy of the file keeps. */
  readonly expiring: number;
  /** Of those, the ones that consumers of the environment run. */
  readonly expiringInUse: number;
}

/** What the images of a repository store now. */
export const storedNow = (measured: Pick<MeasuredRepository, "storage" | "images">): StoredBytes =>
  storedBy(measured, ({ imageStatus }) => (imageStatus === "ARCHIVED" ? "archive" : "standard"));

/** What to try on the images of a repository or a replica. */
export interface Trial {
  readonly maxImageCount: number;
  /** Digests of the images that consumers run. */
  readonly inUse: ReadonlySet<string>;
  /** Whether the images are those of a replica, in which no rule acts by last pull. */
  readonly isReplica: boolean;
  readonly now: Date;
}

/**
 * What `maxImageCount` would change, by the simulator that `lifecycle preview` uses.
 *
 * @returns `undefined` if the repository has a complete policy of its own, which the option is not part of
 */
export function whatIf(
  measured: Pick<MeasuredRepository, "storage" | "images">,
  options: RepositoryOptions,
  { maxImageCount, inUse, isReplica, now }: Trial,
): WhatIf | undefined {
  if (options.lifecyclePolicy !== null) return undefined;
  const after = (changed: RepositoryOptions) => {
    const { policy } = composedPolicyOf(changed);
    return afterPolicy(measured, isReplica ? replicaLifecycle(policy) : policy, now);
  };
  const declared = after(options);
  const changed = after({ ...options, maxImageCount });
  const expiring = measured.images.filter(
    ({ imageDigest }) => changed.expired.has(imageDigest) && !declared.expired.has(imageDigest),
  );
  return {
    now: storedNow(measured),
    declared: declared.bytes,
    changed: changed.bytes,
    expiring: expiring.length,
    expiringInUse: expiring.filter(({ imageDigest }) => inUse.has(imageDigest)).length,
  };
}

function afterPolicy(
  measured: Pick<MeasuredRepository, "storage" | "images">,
  policy: LifecyclePolicy,
  now: Date,
) {
  const { outcomes } = simulateLifecycle(policy, measured.images, now);
  const actions = new Map(outcomes.map(({ image, action }) => [image.imageDigest, action]));
  const expired = new Set([...actions].flatMap(([digest, action]) => (action === "EXPIRE" ? [digest] : [])));
  const bytes = storedBy(measured, ({ imageDigest, imageStatus }) => {
    const action = actions.get(imageDigest);
    if (action === "EXPIRE") return undefined;
    return action === "TRANSITION" || imageStatus === "ARCHIVED" ? "archive" : "standard";
  });
  return { bytes, expired };
}

/** @param classOf storage class of an image; `undefined` if it is gone */
function storedBy(
  { storage, images }: Pick<MeasuredRepository, "storage" | "images">,
  classOf: (image: MeasuredImage) => keyof StoredBytes | undefined,
): StoredBytes {
  const blobs = { standard: new Set<number>(), archive: new Set<number>() };
  for (const image of images) {
    const storageClass = classOf(image);
    if (storageClass !== undefined) for (const blob of image.blobs) blobs[storageClass].add(blob);
  }
  return { standard: storage.bytesOf(blobs.standard), archive: storage.bytesOf(blobs.archive) };
}

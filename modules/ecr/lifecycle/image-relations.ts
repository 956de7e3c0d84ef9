import type { Outcome } from "./lifecycle-outcome";

/**
 * Apply what ECR does differently because images refer to each other.
 *
 * An image that a manifest list references is kept until every such list has expired; a list that is only archived
 * still counts. A referrer (signature, SBOM) follows its subject.
 *
 * @param byRules what the rules alone would do
 * @returns the same images in the same order
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html
 */
export function applyImageRelations(byRules: readonly Outcome[]): Outcome[] {
  const lists = listsOf(byRules);
  const subjects = subjectsOf(byRules);
  if (lists.size === 0 && subjects.size === 0) return [...byRules];
  const resolved = new Map<Outcome, Outcome>();
  const resolve = (outcome: Outcome): Outcome => {
    const { imageDigest, subject, references = [] } = outcome.image;
    const parents = outcome.action === "KEEP" ? undefined : lists.get(imageDigest);
    if (subject === undefined && parents === undefined) return outcome;
    // No other outcome depends on this one, so it need not be stored.
    const isParent = references.length > 0 || subjects.has(imageDigest);
    if (!isParent) return followSubject(keptByList(parents, outcome));
    const existing = resolved.get(outcome);
    if (existing !== undefined) return existing;
    // Ends the recursion for manifests that reference each other, which no registry can hold but a file can.
    resolved.set(outcome, outcome);
    const result = followSubject(keptByList(parents, outcome));
    resolved.set(outcome, result);
    return result;
  };
  const keptByList = (parents: readonly Outcome[] | undefined, outcome: Outcome): Outcome => {
    const list = parents?.find((parent) => resolve(parent).action !== "EXPIRE");
    return list === undefined
      ? outcome
      : {
          image: outcome.image,
          action: "KEEP",
          reason: `Referenced by the manifest list ${list.image.imageDigest}, which is kept.`,
        };
  };
  const followSubject = (outcome: Outcome): Outcome => {
    const subject = subjects.get(outcome.image.subject ?? "");
    if (subject === undefined) return outcome;
    const { action } = resolve(subject);
    // An image that a rule expires is deleted even if its subject is only archived.
    if (action === "KEEP" || outcome.action === "EXPIRE" || outcome.action === action) return outcome;
    return {
      image: outcome.image,
      action,
      reason: `Refers to ${outcome.image.subject}, and follows it.`,
    };
  };
  return byRules.map(resolve);
}

/** The images that referrers refer to, by digest. */
function subjectsOf(outcomes: readonly Outcome[]): Map<string, Outcome> {
  const wanted = new Set(outcomes.flatMap(({ image }) => image.subject ?? []));
  return new Map(
    wanted.size === 0
      ? []
      : outcomes.flatMap((outcome) =>
          wanted.has(outcome.image.imageDigest) ? [[outcome.image.imageDigest, outcome]] : [],
        ),
  );
}

/** The manifest lists that reference an image, by the digest of the image. */
function listsOf(outcomes: readonly Outcome[]): Map<string, Outcome[]> {
  const lists = new Map<string, Outcome[]>();
  for (const outcome of outcomes)
    for (const child of outcome.image.references ?? []) {
      const existing = lists.get(child);
      if (existing === undefined) lists.set(child, [outcome]);
      else existing.push(outcome);
    }
  return lists;
}

/**
 * Digests that are in use: the given ones, and the images that a manifest list in use references.
 *
 * @param digests images that run, e.g. in ECS tasks or Lambda functions
 */
export function inUse(
  digests: Iterable<string>,
  images: readonly { readonly imageDigest: string; readonly references?: readonly string[] | undefined }[],
): Set<string> {
  const references = new Map(images.map((image) => [image.imageDigest, image.references ?? []]));
  const used = new Set<string>();
  const pending = [...digests];
  for (let digest = pending.pop(); digest !== undefined; digest = pending.pop()) {
    if (used.has(digest)) continue;
    used.add(digest);
    pending.push(...(references.get(digest) ?? []));
  }
  return used;
}

import type { Outcome } from "./lifecycle-outcome";

/**
 * Apply what ECR does differently because images refer to each other.
 *
 * An image that manifest lists reference is neither removed nor archived before each of them is removed or archived. A
 * list in the archive, or one that goes in the same run, does not keep it. That alone removes nothing: a rule must select
 * the image too.
 *
 * A referrer (signature, SBOM) follows its subject, also into the archive, unless a manifest list keeps it.
 *
 * @param byRules what the rules alone would do
 * @returns the same images in the same order
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html
 * @see https://github.com/aws/containers-roadmap/issues/1466 a rule for a list does not select its images
 */
export function applyImageRelations(byRules: readonly Outcome[]): Outcome[] {
  const lists = listsOf(byRules);
  const subjects = subjectsOf(byRules);
  if (lists.size === 0 && subjects.size === 0) return [...byRules];
  const resolved = new Map<Outcome, Outcome>();
  const resolve = (outcome: Outcome): Outcome => {
    const { imageDigest, subject, references = [] } = outcome.image;
    if (subject === undefined && (outcome.action === "KEEP" || !lists.has(imageDigest))) return outcome;
    // No other outcome depends on this one, so it need not be stored.
    const isParent = references.length > 0 || subjects.has(imageDigest);
    if (!isParent) return withLists(followSubject(outcome));
    const existing = resolved.get(outcome);
    if (existing !== undefined) return existing;
    // Ends the recursion for manifests that reference each other, which no registry can hold but a file can.
    resolved.set(outcome, outcome);
    const result = withLists(followSubject(outcome));
    resolved.set(outcome, result);
    return result;
  };
  const withLists = (outcome: Outcome): Outcome => {
    if (outcome.action === "KEEP") return outcome;
    const parents = (lists.get(outcome.image.imageDigest) ?? []).map(resolve);
    const keeping = parents.find((list) => stateAfter(list) === "active");
    if (keeping !== undefined)
      return {
        image: outcome.image,
        action: "KEEP",
        reason: `Referenced by the manifest list ${keeping.image.imageDigest}, which stays.`,
      };
    const [list] = parents;
    return list === undefined ? outcome : { ...outcome, reason: `${outcome.reason} ${fateOf(list)}` };
  };
  const followSubject = (outcome: Outcome): Outcome => {
    const { image } = outcome;
    const subject = subjects.get(image.subject ?? "");
    if (subject === undefined) return outcome;
    const fate = stateAfter(resolve(subject));
    // An image that a rule expires is deleted even if its subject is only archived.
    if (fate === "active" || outcome.action === "EXPIRE") return outcome;
    const action = fate === "deleted" ? "EXPIRE" : "TRANSITION";
    // Only an active image can be archived.
    const nothingToDo = action === "TRANSITION" && (image.imageStatus ?? "ACTIVE") !== "ACTIVE";
    if (outcome.action === action || nothingToDo) return outcome;
    return {
      image,
      action,
      reason: `Refers to ${image.subject}, which ${fate === "deleted" ? "expires" : "is archived"}, and follows it.`,
    };
  };
  return byRules.map(resolve);
}

/** Where an image is after the run. One that is being restored from the archive counts as active. */
function stateAfter({ image, action }: Outcome): "active" | "archived" | "deleted" {
  if (action === "EXPIRE") return "deleted";
  return action === "TRANSITION" || image.imageStatus === "ARCHIVED" ? "archived" : "active";
}

/** Why a manifest list does not keep an image that it references. */
function fateOf(list: Outcome): string {
  const name = `The manifest list ${list.image.imageDigest} that references it`;
  if (list.action === "KEEP") return `${name} is in the archive.`;
  return `${name} ${list.action === "EXPIRE" ? "expires" : "is archived"} too.`;
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

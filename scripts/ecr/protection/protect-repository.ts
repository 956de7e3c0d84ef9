import { type ECRClient, GetLifecyclePolicyCommand } from "@aws-sdk/client-ecr";
import { repositoryName } from "../../../environments/plan/repository-names";
import type { LifecyclePolicy } from "../../../modules/ecr/lifecycle/lifecycle-rule";
import { protectedPatterns } from "../../../modules/ecr/lifecycle/protected-patterns";
import { type AccountConnection, reasonOf } from "../account-connection";
import { liveImages } from "../live-images";
import type { RunningImage } from "../running/running-image";
import { usedInRepository } from "../running/used-in-repository";
import { whenMissing } from "../when-missing";
import { addTag, removeTag } from "./image-tags";
import { type ProtectionPlan, protectionPlan, type TaggedImage } from "./protection-plan";

/** What to do in a repository. */
interface Protection {
  /** Short name. */
  readonly shortName: string;
  /** Its own Region, or that of a replica: a registry of its own, with its own images and policy. */
  readonly region: string;
  readonly running: readonly RunningImage[];
  /** Pattern of the tags to add. */
  readonly pattern: string;
  /** Whether to change tags. */
  readonly apply: boolean;
  /** Whether to take tags from images that no longer run. */
  readonly release: boolean;
  readonly signal: AbortSignal;
}

/** What was found in a repository, and what was done. */
export interface ProtectedRepository extends ProtectionPlan {
  /** Name in ECR. */
  readonly repository: string;
  readonly region: string;
  /** Images that run and have no protected tag, after what was done. */
  readonly unprotected: number;
  /** Who runs an image that the repository does not have. */
  readonly missing: readonly string[];
  /** What could not be done, and why. */
  readonly problems: readonly string[];
}

/**
 * Find the images of a repository that run and no rule's tag protects, and tag them where that was asked.
 *
 * @throws CommandError when AWS does not answer
 * @throws DOMException after the signal
 */
export async function protectRepository(
  account: AccountConnection,
  { shortName, region, running, pattern, apply, release, signal }: Protection,
): Promise<ProtectedRepository> {
  signal.throwIfAborted();
  const { environment } = account;
  const { accountId, file } = environment;
  const name = repositoryName(environment, shortName);
  const repository = { registryId: accountId, repositoryName: name };
  const images = await account.ask(name, () => liveImages(account.ecr(region), repository), region);
  const { byDigest, missing } = usedInRepository(running, { accountId, region, name }, images);
  const protectedTags = await account.ask(
    `The lifecycle policy of ${name}`,
    () => protectedTagsOf(account.ecr(region), repository),
    region,
  );
  const plan = protectionPlan(images, byDigest, { protectedTags, pattern });
  const problems: string[] = plan.archived.map(
    (digest) =>
      `${name}@${digest} runs, and it is not active: only an active image can get a tag; restore it first: aws ecr update-image-storage-class --region ${region} --repository-name ${name} --image-id imageDigest=${digest} --target-storage-class STANDARD`,
  );
  const hasPattern = protectedTags.includes(pattern);
  if (!hasPattern && plan.toTag.length > 0)
    problems.push(
      `The lifecycle policy of ${name} in ${region} does not protect ${pattern}: add it to protectedTags of ecr.repositories.${shortName} in ${file}, and deploy first.`,
    );
  const changes: [TaggedImage, typeof addTag][] = apply
    ? [
        ...(hasPattern ? plan.toTag : []).map((image): [TaggedImage, typeof addTag] => [image, addTag]),
        ...(release ? plan.toRelease : []).map((image): [TaggedImage, typeof addTag] => [image, removeTag]),
      ]
    : [];
  let tagged = 0;
  const place = { client: account.ecr(region), region, ...repository };
  for (const [image, change] of changes) {
    const failure = await change(place, image, signal).catch((error: Error) => {
      if (signal.aborted) throw error;
      return reasonOf(error, environment);
    });
    if (failure !== undefined) problems.push(`${name}@${image.imageDigest}: ${failure}`);
    else if (change === addTag) tagged++;
  }
  const unprotected = plan.toTag.length + plan.archived.length - tagged;
  return { repository: name, region, ...plan, unprotected, missing, problems };
}

/** Patterns of tags on whose images no rule acts, in the policy that the repository has now. */
async function protectedTagsOf(
  client: ECRClient,
  repository: { readonly registryId: string; readonly repositoryName: string },
): Promise<string[]> {
  const text = await client
    .send(new GetLifecyclePolicyCommand(repository))
    .then(({ lifecyclePolicyText = '{"rules":[]}' }) => lifecyclePolicyText)
    .catch(whenMissing("LifecyclePolicyNotFoundException", '{"rules":[]}'));
  return protectedPatterns(JSON.parse(text) as LifecyclePolicy);
}

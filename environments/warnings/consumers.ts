import type { LifecycleRule } from "../../modules/ecr/lifecycle/lifecycle-rule";
import { selectionText } from "../../modules/ecr/lifecycle/lifecycle-rules";
import { rulesThatMayAffect } from "../../modules/ecr/lifecycle/lifecycle-warnings";
import { tagMayMove } from "../../modules/ecr/repository/tag-mutability";
import { type Consumer, consumerKinds, consumersOf, describeConsumer } from "../plan/consumers";
import type { Environment } from "../plan/environment";
import { composedPolicyOf } from "../plan/lifecycle";
import { otherRepository } from "../plan/other-registries";
import { cachedImage } from "../plan/pull-through-caches";
import type { Warning } from "./warning";

/** Valid settings with unexpected effects on the images that an environment runs. */
export function consumerWarnings(environment: Environment): Warning[] {
  return consumersOf(environment).flatMap((consumer) => [
    ...lifecycleMayAffect(environment, consumer),
    ...mutableTag(environment, consumer),
    ...cachedDigest(environment, consumer),
  ]);
}

/** A lifecycle policy can affect images that consumers run, unless it protects them. */
function lifecycleMayAffect({ ecr }: Environment, consumer: Consumer): Warning[] {
  const { repository, tag, digest } = consumer.options.image;
  const options = ecr.repositories[repository];
  if (options === undefined || (tag ?? digest) === undefined) return [];
  const rules = rulesThatMayAffect(composedPolicyOf(options).policy, tag);
  if (rules.length === 0) return [];
  const remedy =
    tag === undefined
      ? "ECR protects images by tag, not by digest: add a tag that matches protectedTags to the image, check the result with npm run ecr -- lifecycle preview, and accept this warning."
      : "Add the tag to protectedTags.";
  return [
    {
      warning: "image-in-use-may-go",
      repository,
      path: [...consumer.path, "image", tag === undefined ? "digest" : "tag"],
      text: `The lifecycle policy of "${repository}" can ${effectOf(rules)} the image that the ${describeConsumer(consumer)} runs, which then cannot be pulled. ${remedy}`,
    },
  ];
}

/** The effect of the rules, e.g. `expire (rule "any")`. */
export function effectOf(rules: readonly LifecycleRule[]): string {
  const verbs = { expire: "expire", transition: "archive" } as const;
  return Object.entries(verbs)
    .flatMap(([type, verb]) => {
      const names = rules
        .filter(({ action }) => action.type === type)
        .map((rule) => `"${selectionText(rule)}"`);
      return names.length === 0 ? [] : [`${verb} (rule ${names.join(", ")})`];
    })
    .join(" or ");
}

/**
 * Lambda resolves a tag once, when the function is created or updated. Terraform updates it only when the file changes.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/images-create.html
 */
function mutableTag({ ecr }: Environment, { kind, path, options: { image } }: Consumer): Warning[] {
  const { repository, tag } = image;
  const options = ecr.repositories[repository];
  if (!consumerKinds[kind].resolvesTagAtDeploy || tag === undefined) return [];
  if (otherRepository(repository) !== undefined) return [tagOfOthers(path)];
  if (options === undefined) return [];
  const { imageTagMutability, imageTagMutabilityExclusionFilters } = options;
  if (!tagMayMove(tag, imageTagMutability, imageTagMutabilityExclusionFilters)) return [];
  return [
    {
      warning: "lambda-runs-a-tag",
      repository,
      path: [...path, "image", "tag"],
      text: `This tag can be overwritten. Lambda does not follow it: the function keeps the image that had the tag at deployment. That image then loses the tag, and with it the protection that a lifecycle policy gives to the tag. Use the digest.`,
    },
  ];
}

/** The owner of the repository decides whether the tag can be overwritten. */
const tagOfOthers = (path: Consumer["path"]): Warning => ({
  warning: "lambda-runs-a-tag",
  path: [...path, "image", "tag"],
  text: "The owner of this repository can let the tag be overwritten. Lambda does not follow it: the function keeps the image that had the tag at deployment. Use the digest.",
});

/** https://github.com/aws/containers-roadmap/issues/2837 */
function cachedDigest({ ecr }: Environment, consumer: Consumer): Warning[] {
  const { repository, digest } = consumer.options.image;
  const { cache } = cachedImage(repository, Object.keys(ecr.pullThroughCache)) ?? {};
  if (digest === undefined || cache === undefined || Object.hasOwn(ecr.repositories, repository)) return [];
  return [
    {
      warning: "cached-image-by-digest",
      repository: cache,
      path: [...consumer.path, "image", "digest"],
      text: `The cache "${cache}" finds an image by digest only after it has cached the image, so the first pull of the ${describeConsumer(consumer)} fails. Pull the image by tag once, and accept this warning.`,
    },
  ];
}

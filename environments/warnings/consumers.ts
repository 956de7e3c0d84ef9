import { type LifecycleRule, selectionText } from "../../modules/ecr/lifecycle/lifecycle-rules";
import { rulesThatMayAffect } from "../../modules/ecr/lifecycle/lifecycle-warnings";
import { tagMayMove } from "../../modules/ecr/repository/tag-mutability";
import { type Consumer, consumerKinds, consumersOf, describeConsumer } from "../plan/consumers";
import type { Environment } from "../plan/environment";
import { composedPolicyOf } from "../plan/lifecycle";
import { cachedImage } from "../plan/pull-through-caches";
import type { Warning } from "./warning";

/** What is legal and may surprise about the images that an environment runs. */
export function consumerWarnings(environment: Environment): Warning[] {
  return consumersOf(environment).flatMap((consumer) => [
    ...mayGo(environment, consumer),
    ...runsATag(environment, consumer),
    ...notYetCached(environment, consumer),
  ]);
}

/** An image that runs is not safe from the lifecycle policy of its repository, unless the policy says so. */
function mayGo({ ecr }: Environment, consumer: Consumer): Warning[] {
  const { repository, tag, digest } = consumer.options.image;
  const options = ecr.repositories[repository];
  if (options === undefined || (tag ?? digest) === undefined) return [];
  const rules = rulesThatMayAffect(composedPolicyOf(options).policy, tag);
  if (rules.length === 0) return [];
  const remedy =
    tag === undefined
      ? "ECR protects images by tag, and a digest names none: give the image a tag that protectedTags covers, look with npm run ecr -- lifecycle preview, and accept this warning."
      : "Name the tag in protectedTags.";
  return [
    {
      warning: "image-in-use-may-go",
      repository,
      path: [...consumer.path, "image", tag === undefined ? "digest" : "tag"],
      text: `The lifecycle policy of "${repository}" can ${effectOf(rules)} what the ${describeConsumer(consumer)} runs, which cannot be pulled then. ${remedy}`,
    },
  ];
}

/** What the rules do, e.g. `expire (rule "any")`. */
function effectOf(rules: readonly LifecycleRule[]): string {
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
 * Lambda looks a tag up once, when the function is made or updated, and Terraform updates it when the file changes.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/images-create.html
 */
function runsATag({ ecr }: Environment, { kind, path, options: { image } }: Consumer): Warning[] {
  const { repository, tag } = image;
  const options = ecr.repositories[repository];
  if (!consumerKinds[kind].resolvesTagAtDeploy || tag === undefined || options === undefined) return [];
  const { imageTagMutability, imageTagMutabilityExclusionFilters } = options;
  if (!tagMayMove(tag, imageTagMutability, imageTagMutabilityExclusionFilters)) return [];
  return [
    {
      warning: "lambda-runs-a-tag",
      repository,
      path: [...path, "image", "tag"],
      text: `This tag may move to another image. Lambda does not follow it: the function keeps the image that the tag named when it was deployed, which has lost the tag then, and with it the protection that a lifecycle policy gives to tags. Write the digest.`,
    },
  ];
}

/** https://github.com/aws/containers-roadmap/issues/2837 */
function notYetCached({ ecr }: Environment, consumer: Consumer): Warning[] {
  const { repository, digest } = consumer.options.image;
  const { cache } = cachedImage(repository, Object.keys(ecr.pullThroughCache)) ?? {};
  if (digest === undefined || cache === undefined || Object.hasOwn(ecr.repositories, repository)) return [];
  return [
    {
      warning: "cached-image-by-digest",
      repository: cache,
      path: [...consumer.path, "image", "digest"],
      text: `The cache "${cache}" finds an image by its digest only once it holds it, so the first pull of the ${describeConsumer(consumer)} fails. Pull the image by its tag once, and accept this warning.`,
    },
  ];
}

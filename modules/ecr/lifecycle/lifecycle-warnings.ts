import { unreachableImageCount } from "./lifecycle-presets";
import { type LifecyclePolicy, type LifecycleRule, selectionText, storageClassOf } from "./lifecycle-rules";
import { coversPattern, matchesPattern, matchesSomeTag } from "./tag-pattern";

/** What a policy allows and its author may not have meant. */
export interface LifecycleWarning {
  readonly warning:
    | "lifecycle-rule-matches-nothing"
    | "lifecycle-rule-shadowed"
    | "untagged-expiry-of-multi-architecture"
    | "lambda-image-may-go";
  /** Index of the rule in the policy. */
  readonly rule: number;
  readonly text: string;
}

/** What a repository holds, as far as it matters for its policy. */
export interface RepositoryUse {
  /** Images for several architectures: an untagged image for each, and a manifest list that names them. */
  readonly multiArchitecture: boolean;
  /** Images that Lambda functions run of which nothing else is known. */
  readonly lambda: boolean;
}

/** Warnings about a policy that ECR accepts, in the order of its rules. */
export function lifecycleWarnings({ rules }: LifecyclePolicy, use: RepositoryUse): LifecycleWarning[] {
  return rules.flatMap((rule, index) => [
    ...matchesNothing(rule, index),
    ...shadowed(rules, index),
    ...(use.multiArchitecture ? expiresListedImages(rule, index) : []),
    ...(use.lambda ? actsOnLambdaImages(rules, index) : []),
  ]);
}

/**
 * Rules that may expire or archive an image that runs.
 *
 * With a tag there is one at most: the first rule whose tags it matches, for no later one may act on the image. Other
 * tags that the image may have are not known, so a rule counts when it selects the image by this one alone. Of an image
 * known by its digest no tag is known at all, so each rule that acts may select it.
 *
 * @param tag what the image is known by; `undefined` when it is known by its digest
 * @returns in the order in which they act
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html
 */
export function rulesThatMayAffect({ rules }: LifecyclePolicy, tag: string | undefined): LifecycleRule[] {
  const ordered = rules
    .toSorted((a, b) => a.rulePriority - b.rulePriority)
    .filter((rule) => storageClassOf(rule) !== "archive");
  if (tag !== undefined)
    return ordered
      .filter((rule) => selectsTag(rule, tag))
      .slice(0, 1)
      .filter(acts);
  const protectsAll = ordered.findIndex((rule) => rule.selection.tagStatus === "any" && neverActs(rule));
  return ordered.slice(0, protectsAll < 0 ? ordered.length : protectsAll).filter(acts);
}

/** Whether a rule selects an image that has this tag and no other. */
function selectsTag(rule: LifecycleRule, tag: string): boolean {
  const { tagStatus } = rule.selection;
  if (tagStatus !== "tagged") return tagStatus === "any";
  return patternsOf(rule).every((pattern) => matchesPattern(pattern, tag));
}

const acts = (rule: LifecycleRule): boolean => !neverActs(rule);

/** Patterns that the tags of an image must match, one and all. */
function patternsOf({ selection }: LifecycleRule): string[] {
  return [
    ...(selection.tagPatternList ?? []),
    // An asterisk in a prefix is no wildcard but a character, which no tag has.
    ...(selection.tagPrefixList ?? []).map((prefix) => `${prefix.replaceAll("*", "\0")}*`),
  ];
}

function matchesNothing(rule: LifecycleRule, index: number): LifecycleWarning[] {
  const impossible = patternsOf(rule).find((pattern) => !matchesSomeTag(pattern));
  if (impossible === undefined) return [];
  const asterisk = rule.selection.tagPrefixList?.find((prefix) => prefix.includes("*"));
  const reason =
    asterisk === undefined
      ? `no tag can match "${impossible}": tags have letters, digits, ".", "_" and "-", at most 128 of them, and do not start with "." or "-"`
      : `"${asterisk}" is a prefix, where * is no wildcard, and no tag has a *; leave the * out or use tagPatternList`;
  return [
    { warning: "lifecycle-rule-matches-nothing", rule: index, text: `This rule matches nothing: ${reason}.` },
  ];
}

/**
 * A rule never acts when each image that it selects matches the tags of an earlier rule, even where that one keeps it.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html
 */
function shadowed(rules: readonly LifecycleRule[], index: number): LifecycleWarning[] {
  const rule = rules[index];
  if (rule === undefined) return [];
  const earlier = rules.filter(
    (other) => other.rulePriority < rule.rulePriority && storageClassOf(other) === storageClassOf(rule),
  );
  const shadowing =
    rule.selection.tagStatus === "any"
      ? shadowsOfAny(earlier)
      : earlier.filter((other) => selectsAllOf(other, rule)).slice(0, 1);
  if (shadowing.length === 0) return [];
  const names = shadowing
    .map((other) => `"${selectionText(other)}" (priority ${other.rulePriority})`)
    .join(" and ");
  return [
    {
      warning: "lifecycle-rule-shadowed",
      rule: index,
      text: `This rule never acts: every image that it selects matches the tags of the earlier rule ${names}, and ECR lets no later rule act on such an image.`,
    },
  ];
}

/** Rules that together select every image: all tagged ones and all untagged ones. */
function shadowsOfAny(earlier: readonly LifecycleRule[]): LifecycleRule[] {
  const untagged = earlier.find(({ selection }) => selection.tagStatus === "untagged");
  const everyTag = earlier.find(
    (rule) =>
      rule.selection.tagStatus === "tagged" && patternsOf(rule).every((pattern) => /^\*+$/.test(pattern)),
  );
  return untagged && everyTag ? [everyTag, untagged] : [];
}

/** Whether the wide rule selects every image that the narrow one selects: each of its patterns is implied by one of those. */
function selectsAllOf(wide: LifecycleRule, narrow: LifecycleRule): boolean {
  if (wide.selection.tagStatus !== narrow.selection.tagStatus) return false;
  const patterns = patternsOf(narrow);
  return patternsOf(wide).every((pattern) => patterns.some((other) => coversPattern(pattern, other)));
}

function expiresListedImages({ selection, action }: LifecycleRule, index: number): LifecycleWarning[] {
  if (selection.tagStatus !== "untagged" || action.type !== "expire") return [];
  return [
    {
      warning: "untagged-expiry-of-multi-architecture",
      rule: index,
      text: "The images that a manifest list names are untagged, and this rule expires untagged images: ECR spares them while the list is there, but a list that moved to another tag or lost it takes its images with it.",
    },
  ];
}

/** A function keeps running its digest when the tag moves, so any rule that is not about other tags may take it. */
function actsOnLambdaImages(rules: readonly LifecycleRule[], index: number): LifecycleWarning[] {
  const rule = rules[index];
  const protectsSome = rules.some(neverActs);
  if (rule === undefined || protectsSome || storageClassOf(rule) === "archive" || neverActs(rule)) return [];
  const verb = rule.action.type === "expire" ? "expire" : "archive";
  return [
    {
      warning: "lambda-image-may-go",
      rule: index,
      text: `Lambda pulls from this repository, and this rule can ${verb} an image that a function runs, which makes the function fail; give such images a tag of its own and name it in protectedTags.`,
    },
  ];
}

/** A rule that only shields: see `protectedTags`. */
function neverActs({ selection }: LifecycleRule): boolean {
  return selection.countType === "imageCountMoreThan" && selection.countNumber >= unreachableImageCount;
}

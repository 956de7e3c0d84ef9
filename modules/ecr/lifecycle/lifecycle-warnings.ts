import type { LifecyclePolicy, LifecycleRule } from "./lifecycle-rule";
import { selectionText, storageClassOf } from "./lifecycle-rules";
import { neverActs } from "./protected-patterns";
import { alternativesIn } from "./tag-alternatives";
import { coversPattern, matchesPattern, matchesSomeTag } from "./tag-pattern";

/** Something that a policy does and that its author may not have intended. */
export interface LifecycleWarning {
  readonly warning:
    | "lifecycle-rule-matches-nothing"
    | "lifecycle-rule-needs-several-tags"
    | "lifecycle-rule-shadowed"
    | "untagged-expiry-of-multi-architecture"
    | "lambda-image-may-go";
  /** Index of the rule in the policy. */
  readonly rule: number;
  readonly text: string;
}

/** What a repository contains, as far as it matters for its policy. */
export interface RepositoryUse {
  /** Multi-architecture images: an untagged image for each architecture, and a manifest list that references them. */
  readonly multiArchitecture: boolean;
  /** Images that Lambda functions run, whose tags and digests are unknown. */
  readonly lambda: boolean;
}

/** Warnings about a policy that ECR accepts, in the order of its rules. */
export function lifecycleWarnings({ rules }: LifecyclePolicy, use: RepositoryUse): LifecycleWarning[] {
  return rules.flatMap((rule, index) => [
    ...matchesNothing(rule, index),
    ...needsSeveralTags(rule, index),
    ...shadowed(rules, index),
    ...(use.multiArchitecture ? expiresListedImages(rule, index) : []),
    ...(use.lambda ? actsOnLambdaImages(rules, index) : []),
  ]);
}

/**
 * Rules that may expire or archive an image in use.
 *
 * With a tag, there is at most one: the first rule whose tags it matches, because no later one may act on the image.
 * Other tags of the image are unknown, so a rule counts if it selects the image by this tag alone. For an image known
 * by its digest no tags are known, so every rule that acts may select it.
 *
 * @param tag the tag that the image is known by; `undefined` when it is known by its digest
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

/** Whether a rule selects an image with this tag and no other. */
function selectsTag(rule: LifecycleRule, tag: string): boolean {
  const { tagStatus } = rule.selection;
  if (tagStatus !== "tagged") return tagStatus === "any";
  return patternsOf(rule).every((pattern) => matchesPattern(pattern, tag));
}

const acts = (rule: LifecycleRule): boolean => !neverActs(rule);

/** Patterns that must each match a tag of the image. */
function patternsOf({ selection }: LifecycleRule): string[] {
  return [
    ...(selection.tagPatternList ?? []),
    // An asterisk in a prefix is not a wildcard but a literal character, which no tag contains.
    ...(selection.tagPrefixList ?? []).map((prefix) => `${prefix.replaceAll("*", "\0")}*`),
  ];
}

function matchesNothing(rule: LifecycleRule, index: number): LifecycleWarning[] {
  const impossible = patternsOf(rule).find((pattern) => !matchesSomeTag(pattern));
  if (impossible === undefined) return [];
  const asterisk = rule.selection.tagPrefixList?.find((prefix) => prefix.includes("*"));
  const reason =
    asterisk === undefined
      ? `no tag can match "${impossible}": tags have up to 128 letters, digits, ".", "_" and "-", and do not start with "." or "-"`
      : `"${asterisk}" is a prefix, in which * is not a wildcard, and no tag contains *; remove the * or use tagPatternList`;
  return [
    { warning: "lifecycle-rule-matches-nothing", rule: index, text: `This rule matches nothing: ${reason}.` },
  ];
}

/** A list reads like "either, or", and ECR takes it as "all of them": the commonest misunderstanding of these lists. */
function needsSeveralTags(rule: LifecycleRule, index: number): LifecycleWarning[] {
  const { tagPatternList = [], tagPrefixList = [] } = rule.selection;
  const entries = [...tagPatternList, ...tagPrefixList];
  const [first, second] = alternativesIn(patternsOf(rule)) ?? [];
  if (first === undefined || second === undefined) return [];
  return [
    {
      warning: "lifecycle-rule-needs-several-tags",
      rule: index,
      text: `This rule selects only images with a tag for each entry of its list, and hardly any image has tags for both "${entries[first]}" and "${entries[second]}"; write one rule for each entry.`,
    },
  ];
}

/**
 * A rule never acts when every image that it selects matches the tags of an earlier rule, even if that one keeps it.
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
      text: `This rule never acts: every image that it selects matches the tags of the earlier rule ${names}, and ECR lets no later rule act on such images.`,
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

/**
 * Whether the wide rule selects every image that the narrow one selects: each of its patterns is implied by one of the
 * narrow rule.
 */
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
      text: "The images that a manifest list references are untagged, and this rule expires untagged images: ECR keeps them while the list exists, but a list that loses its tag is untagged too and expires with its images.",
    },
  ];
}

/** A function keeps running its digest after the tag moves, so any rule that acts may select its image. */
function actsOnLambdaImages(rules: readonly LifecycleRule[], index: number): LifecycleWarning[] {
  const rule = rules[index];
  const protectsSome = rules.some(neverActs);
  if (rule === undefined || protectsSome || storageClassOf(rule) === "archive" || neverActs(rule)) return [];
  const verb = rule.action.type === "expire" ? "expire" : "archive";
  return [
    {
      warning: "lambda-image-may-go",
      rule: index,
      text: `Lambda pulls from this repository, and this rule can ${verb} an image that a function runs, which makes the function fail; give such images their own tag and add it to protectedTags.`,
    },
  ];
}

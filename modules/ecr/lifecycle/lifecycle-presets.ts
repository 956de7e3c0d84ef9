import type { LifecyclePolicy, LifecycleRule } from "./aws-policy";

/** Number of images to keep in a repository without lifecycle options. */
export const defaultMaxImageCount = 100;

/**
 * More images than a repository can hold (AWS's default quota), so that a rule that keeps this many never acts.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html
 */
export const unreachableImageCount = 100_000;

/** A rule in AWS's terms whose priority may be left out. */
export interface LifecycleRuleInput extends Pick<LifecycleRule, "selection"> {
  /** @default - the image expires */
  readonly action?: LifecycleRule["action"] | undefined;
  readonly rulePriority?: number | undefined;
  readonly description?: string | undefined;
}

/** Options of a repository that its lifecycle policy is composed from. */
export interface LifecyclePolicyOptions {
  /** Number of images to keep. @default - 100 without `lifecycleRules`, no such rule with them */
  readonly maxImageCount?: number | undefined;
  /** Days after which an untagged image expires. @default - no such rule */
  readonly untaggedExpiryDays?: number | undefined;
  /** Tag patterns of images that no rule acts on. @default - none */
  readonly protectedTags?: readonly string[];
  /** Custom rules. Either all have a priority or none. @default - none */
  readonly lifecycleRules?: readonly LifecycleRuleInput[];
}

/** A rule of the composed policy and the option that it comes from, e.g. `["lifecycleRules", 2]`. */
interface ComposedRule {
  readonly rule: LifecycleRule;
  readonly origin: readonly PropertyKey[];
}

/** A policy, and the option that each of its rules comes from. */
export interface ComposedPolicy {
  readonly policy: LifecyclePolicy;
  readonly origins: readonly (readonly PropertyKey[])[];
}

/**
 * Compose the policy from presets and custom rules.
 *
 * Protected tags come first: once an image matches the tags of a rule, no later rule acts on it. Then come the custom
 * rules as written, the expiry of untagged images, custom rules for any image, and the number of images to keep, which
 * counts protected images too. Rules without a priority get 1, 2, 3 and so on; given priorities are kept.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html
 */
export function composePolicy(options: LifecyclePolicyOptions): ComposedPolicy {
  const { protectedTags = [], lifecycleRules = [] } = options;
  const { maxImageCount = lifecycleRules.length > 0 ? undefined : defaultMaxImageCount } = options;
  const customRules = lifecycleRules.map((rule, index) => ({ rule, origin: ["lifecycleRules", index] }));
  const selectsAny = ({ rule }: (typeof customRules)[number]) => rule.selection.tagStatus === "any";
  const drafts = [
    ...protectedTags.map((tag, index) => ({
      rule: protectionRule(tag),
      origin: ["protectedTags", index],
    })),
    ...customRules.filter((draft) => !selectsAny(draft)),
    ...draft(options.untaggedExpiryDays, "untaggedExpiryDays", untaggedExpiryRule),
    ...customRules.filter(selectsAny),
    ...draft(maxImageCount, "maxImageCount", keepNewestRule),
  ];
  const composed = withPriorities(drafts);
  return {
    policy: { rules: composed.map(({ rule }) => rule) },
    origins: composed.map(({ origin }) => origin),
  };
}

interface Draft {
  readonly rule: LifecycleRuleInput;
  readonly origin: readonly PropertyKey[];
}

const draft = (
  value: number | undefined,
  option: string,
  rule: (value: number) => LifecycleRuleInput,
): Draft[] => (value === undefined ? [] : [{ rule: rule(value), origin: [option] }]);

function withPriorities(drafts: readonly Draft[]): ComposedRule[] {
  const highest = Math.max(0, ...drafts.map(({ rule }) => rule.rulePriority ?? 0));
  let next = highest + 1;
  return drafts.map(({ rule, origin }) => {
    const { rulePriority = next++, description, selection, action = { type: "expire" } } = rule;
    return {
      origin,
      rule: { rulePriority, ...(description !== undefined && { description }), selection, action },
    };
  });
}

function protectionRule(pattern: string): LifecycleRuleInput {
  return {
    description: `Never expire ${pattern}`,
    selection: {
      tagStatus: "tagged",
      tagPatternList: [pattern],
      countType: "imageCountMoreThan",
      countNumber: unreachableImageCount,
    },
    action: { type: "expire" },
  };
}

function untaggedExpiryRule(days: number): LifecycleRuleInput {
  return {
    description: `Expire untagged images after ${days} days`,
    selection: { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: days },
    action: { type: "expire" },
  };
}

function keepNewestRule(count: number): LifecycleRuleInput {
  return {
    description: `Keep the ${count} newest images`,
    selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: count },
    action: { type: "expire" },
  };
}

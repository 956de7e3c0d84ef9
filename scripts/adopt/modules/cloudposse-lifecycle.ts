import type { InputReader } from "../hcl/input-reader";
import { plain } from "../hcl/value";

/** A rule of a lifecycle policy, before it has a priority. */
interface Rule {
  readonly description?: string;
  readonly selection: Readonly<Record<string, unknown>>;
  readonly action: Readonly<Record<string, unknown>>;
}

/** What the rules are made of, besides those of the caller. */
const inputs = [
  ...["protected_tags", "protected_tags_keep_count", "max_image_count", "time_based_rotation"],
  "default_lifecycle_rules_settings",
];

const expire = { type: "expire" };

/**
 * The policy that the module writes: protected tags, one untagged image, the newest images and rules of its caller, where
 * those for all images come last.
 *
 * @returns `undefined` if it depends on a value that no file has
 * @see https://github.com/cloudposse/terraform-aws-ecr/blob/main/main.tf
 */
export function cloudposseLifecycle(input: InputReader): string | undefined {
  const custom = customRules(input);
  const usesRule = defaultRules(input);
  const all = [
    ...protectedTagRules(input),
    ...(usesRule("untagged_image_rule") &&
    !custom?.some(({ selection }) => selection["tagStatus"] === "untagged")
      ? [untaggedRule]
      : []),
    ...rotationRules(input, usesRule("remove_old_image_rule")),
    ...(custom ?? []),
  ];
  const isLast = ({ selection }: Rule) => selection["tagStatus"] === "any";
  const rules = [...all.filter((rule) => !isLast(rule)), ...all.filter(isLast)].map((rule, index) => ({
    ...{ rulePriority: index + 1, ...rule },
  }));
  const isKnown = inputs.every((name) => input.isKnown(name));
  return !isKnown || custom === undefined || rules.length === 0 ? undefined : JSON.stringify({ rules });
}

const untaggedRule: Rule = {
  description: "Remove untagged images",
  selection: { tagStatus: "untagged", countType: "imageCountMoreThan", countNumber: 1 },
  action: expire,
};

/** The variable is a set, and Terraform sorts the indexes of its items as texts. */
function protectedTagRules(input: InputReader): Rule[] {
  const countNumber = input.number("protected_tags_keep_count") ?? 999_999;
  const tags = [...new Set(input.texts("protected_tags"))].toSorted();
  const order = tags.map((_, index) => String(index)).toSorted();
  return order.map((index): Rule => {
    const tag = tags[Number(index)] ?? "";
    const isPattern = tag.includes("*");
    return {
      description: `Protects images tagged with ${isPattern ? "wildcard" : "prefix"} ${tag}`,
      selection: {
        tagStatus: "tagged",
        ...(isPattern ? { tagPatternList: [tag] } : { tagPrefixList: [tag] }),
        ...{ countType: "imageCountMoreThan", countNumber },
      },
      action: expire,
    };
  });
}

function rotationRules(input: InputReader, isUsed: boolean): Rule[] {
  const count = input.number("max_image_count") ?? 500;
  const isByAge = input.boolean("time_based_rotation") ?? false;
  if (!isUsed) return [];
  const byAge = { tagStatus: "any", countType: "sinceImagePushed", countNumber: count, countUnit: "days" };
  const byCount = { tagStatus: "any", countType: "imageCountMoreThan", countNumber: count };
  return [
    {
      description: isByAge
        ? `Rotate images older than ${count} days old`
        : `Rotate images when reach ${count} images stored`,
      selection: isByAge ? byAge : byCount,
      action: expire,
    },
  ];
}

/** Which of the module's own rules are used. */
function defaultRules(input: InputReader): (name: string) => boolean {
  const value = input.value("default_lifecycle_rules_settings");
  const settings = (value && plain(value)) as Record<string, { enabled?: unknown } | undefined> | undefined;
  return (name) => settings?.[name]?.enabled !== false;
}

/** @returns `undefined` if a part of them is in no file */
function customRules(input: InputReader): readonly Rule[] | undefined {
  if (!input.has("custom_lifecycle_rules")) return [];
  const value = input.value("custom_lifecycle_rules");
  if (value?.kind !== "list" || !input.isKnown("custom_lifecycle_rules")) return undefined;
  return (plain(value) as Rule[]).map(({ description, selection, action }) => ({
    ...(typeof description === "string" && { description }),
    selection: given(selection),
    action: given(action),
  }));
}

/** What the caller has set: the module leaves out the rest, and lists without items. */
const given = (values: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(values).filter(
      ([, value]) => value !== null && !(Array.isArray(value) && value.length === 0),
    ),
  );

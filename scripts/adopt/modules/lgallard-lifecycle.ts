import type { InputReader } from "../hcl/input-reader";

/** What the module makes rules of. */
interface Settings {
  readonly keepLatest?: number | undefined;
  readonly untaggedDays?: number | undefined;
  readonly taggedDays?: number | undefined;
  readonly prefixes: readonly string[];
}

const inputs = [
  ...["lifecycle_policy_template", "lifecycle_keep_latest_n_images", "lifecycle_expire_untagged_after_days"],
  ...["lifecycle_expire_tagged_after_days", "lifecycle_tag_prefixes_to_keep"],
];

const templates: Readonly<Record<string, Settings>> = {
  development: { keepLatest: 50, untaggedDays: 7, prefixes: ["dev", "feature"] },
  production: { keepLatest: 100, untaggedDays: 14, taggedDays: 90, prefixes: ["v", "release", "prod"] },
  cost_optimization: { keepLatest: 10, untaggedDays: 3, taggedDays: 30, prefixes: [] },
  compliance: { keepLatest: 200, untaggedDays: 30, taggedDays: 365, prefixes: ["v", "release", "audit"] },
};

/**
 * The policy that the module writes of its template, or of its variables for the lifecycle.
 *
 * @returns `undefined` if the call sets none, or a value that is in no file
 * @see https://github.com/lgallard/terraform-aws-ecr/blob/main/main.tf
 */
export function lgallardLifecycle(input: InputReader): string | undefined {
  const template = input.text("lifecycle_policy_template");
  const settings: Settings = {
    keepLatest: input.number("lifecycle_keep_latest_n_images"),
    untaggedDays: input.number("lifecycle_expire_untagged_after_days"),
    taggedDays: input.number("lifecycle_expire_tagged_after_days"),
    prefixes: input.texts("lifecycle_tag_prefixes_to_keep") ?? [],
  };
  if (template !== undefined && !Object.hasOwn(templates, template)) {
    input.note("loss", "lifecycle_policy_template", "the module has no such template, so it is left out");
    return undefined;
  }
  if (!inputs.every((name) => input.isKnown(name))) return undefined;
  const rules = rulesOf(template === undefined ? settings : (templates[template] ?? settings));
  return rules.length > 0 ? JSON.stringify({ rules }) : undefined;
}

/** A rule keeps its priority, whichever others there are. */
function rulesOf({ keepLatest, untaggedDays, taggedDays, prefixes }: Settings) {
  const byAge = (tagStatus: string, countNumber: number) => ({
    tagStatus,
    countType: "sinceImagePushed",
    countUnit: "days",
    countNumber,
  });
  const newest = { countType: "imageCountMoreThan", countNumber: keepLatest };
  return [
    untaggedDays === undefined
      ? []
      : rule(1, `Expire untagged images after ${untaggedDays} days`, byAge("untagged", untaggedDays)),
    keepLatest === undefined
      ? []
      : prefixes.length > 0
        ? rule(2, `Keep only ${keepLatest} images with prefixes: ${prefixes.join(", ")}`, {
            ...{ tagStatus: "tagged", ...newest, tagPrefixList: prefixes },
          })
        : rule(2, `Keep only ${keepLatest} latest images`, { tagStatus: "any", ...newest }),
    taggedDays === undefined
      ? []
      : rule(3, `Expire tagged images after ${taggedDays} days`, byAge("any", taggedDays)),
  ].flat();
}

const rule = (rulePriority: number, description: string, selection: object) => [
  { rulePriority, description, selection, action: { type: "expire" } },
];

import { z } from "zod";
import { valueAt } from "../value-at";

/** Rules that a policy may have (AWS quota). https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html */
const maxRules = 50;

const Selection = z.strictObject({
  tagStatus: z.enum(["tagged", "untagged", "any"]),
  tagPatternList: z.array(z.string().min(1)).min(1).optional(),
  tagPrefixList: z.array(z.string().min(1)).min(1).optional(),
  countType: z.enum(["imageCountMoreThan", "sinceImagePushed"]),
  countUnit: z.literal("days").optional(),
  countNumber: z.int().min(1),
});

/** A policy in AWS's words. Rules of the archive storage class are not among them. */
export const LifecyclePolicy = z.strictObject({
  rules: z
    .array(
      z.strictObject({
        rulePriority: z.int().min(1),
        description: z.string().optional(),
        selection: Selection,
        action: z.strictObject({ type: z.literal("expire") }),
      }),
    )
    .min(1)
    .max(maxRules),
});

export type LifecyclePolicy = z.infer<typeof LifecyclePolicy>;
type LifecycleRule = LifecyclePolicy["rules"][number];

/** A problem inside a policy: where, and "rule; remedy". */
export interface Finding {
  readonly path: readonly PropertyKey[];
  readonly advice: string;
}

const archiveAdvice =
  "rules that archive images or count from the last pull need AWS provider 6.28.0 (an older one does not see their changes) and are not supported here yet; use expire with imageCountMoreThan or sinceImagePushed";

/** Rules that use the archive storage class or count from the last pull, in a policy whose shape may be wrong. */
export function archiveFindings(value: unknown): Finding[] {
  const rules = valueAt(value, ["rules"]);
  if (!Array.isArray(rules)) return [];
  return rules.flatMap((rule, index) => {
    const uses =
      valueAt(rule, ["selection", "storageClass"]) !== undefined ||
      valueAt(rule, ["action", "targetStorageClass"]) !== undefined ||
      valueAt(rule, ["action", "type"]) === "transition" ||
      ["sinceImagePulled", "sinceImageTransitioned"].includes(
        String(valueAt(rule, ["selection", "countType"])),
      );
    return uses ? [{ path: ["rules", index], advice: archiveAdvice }] : [];
  });
}

/** What ECR refuses in a policy of the right shape, rule by rule and between them. */
export function policyFindings({ rules }: LifecyclePolicy): Finding[] {
  return [...rules.flatMap(ruleFindings), ...rulesTogetherFindings(rules)];
}

function ruleFindings({ selection }: LifecycleRule, index: number): Finding[] {
  const { tagStatus, tagPatternList, tagPrefixList, countType, countUnit } = selection;
  const at = (key: string, advice: string): Finding => ({
    path: ["rules", index, "selection", key],
    advice,
  });
  const problems: Finding[] = [];
  const lists = [tagPatternList, tagPrefixList].filter((list) => list !== undefined).length;
  if (tagStatus === "tagged" && lists !== 1)
    problems.push(
      at(
        "tagPatternList",
        "a tagged rule needs exactly one of tagPatternList and tagPrefixList; give one of them",
      ),
    );
  if (tagStatus !== "tagged" && lists > 0)
    problems.push(at("tagStatus", `an ${tagStatus} rule takes no tag list; remove it or write "tagged"`));
  for (const pattern of tagPatternList ?? [])
    if ((pattern.match(/\*/g) ?? []).length > 4)
      problems.push(at("tagPatternList", `"${pattern}" holds more than four *; use at most four`));
  if (countType === "sinceImagePushed" && countUnit === undefined)
    problems.push(at("countUnit", 'sinceImagePushed counts in days; add countUnit: "days"'));
  if (countType === "imageCountMoreThan" && countUnit !== undefined)
    problems.push(at("countUnit", "imageCountMoreThan has no unit; remove countUnit"));
  return problems;
}

function rulesTogetherFindings(rules: readonly LifecycleRule[]): Finding[] {
  const problems: Finding[] = [];
  const highest = Math.max(...rules.map((rule) => rule.rulePriority));
  const seen = new Map<string, number>();
  rules.forEach((rule, index) => {
    const { tagStatus, tagPatternList, tagPrefixList } = rule.selection;
    const path = ["rules", index];
    if (tagStatus === "any" && rule.rulePriority !== highest)
      problems.push({
        path: [...path, "rulePriority"],
        advice: `an "any" rule must come last, but ${rule.rulePriority} is lower than ${highest}; give it the highest number`,
      });
    const tags = [...(tagPatternList ?? []), ...(tagPrefixList ?? []).map((prefix) => `${prefix}…`)]
      .toSorted()
      .join(" ");
    const claims = [
      [`priority ${rule.rulePriority}`, "rulePriority", "give every rule a priority of its own"],
      [
        `the selection "${[tagStatus, tags].filter(Boolean).join(" ")}"`,
        "selection",
        "merge the two rules into one",
      ],
    ] as const;
    for (const [claim, key, remedy] of claims) {
      const earlier = seen.get(claim);
      if (earlier !== undefined)
        problems.push({ path: [...path, key], advice: `rules[${earlier}] has ${claim} already; ${remedy}` });
      else seen.set(claim, index);
    }
  });
  return problems;
}

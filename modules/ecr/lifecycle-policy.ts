import { z } from "zod";
import { valueAt } from "../value-at";

/** Images kept in a repository that says nothing else. */
export const defaultMaxImageCount = 100;

/**
 * AWS's limits on a policy: 50 rules and 30,720 characters. The shortest policy with one rule is longer than the 100
 * characters that it must have at least.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutLifecyclePolicy.html
 */
const maxLength = 30_720;
const maxRules = 50;

const Selection = z.strictObject({
  tagStatus: z.enum(["tagged", "untagged", "any"]),
  tagPatternList: z.array(z.string().min(1)).min(1).optional(),
  tagPrefixList: z.array(z.string().min(1)).min(1).optional(),
  countType: z.enum(["imageCountMoreThan", "sinceImagePushed"]),
  countUnit: z.literal("days").optional(),
  countNumber: z.int().min(1),
});

const LifecyclePolicy = z.strictObject({
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

type LifecyclePolicy = z.infer<typeof LifecyclePolicy>;
type LifecycleRule = LifecyclePolicy["rules"][number];

/** The policy of a repository that keeps its newest `count` images, whatever their tags. */
export function keepNewest(count: number): string {
  return encode({
    rules: [
      {
        rulePriority: 1,
        description: `Keep the ${count} newest images`,
        selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: count },
        action: { type: "expire" },
      },
    ],
  });
}

/** A problem inside a policy: where, what was found there, and "rule; remedy". */
export interface PolicyProblem {
  readonly path: readonly PropertyKey[];
  readonly found: unknown;
  readonly advice: string;
}

type Finding = Omit<PolicyProblem, "found">;

/**
 * Check a policy given as JSON and bring it into the canonical form.
 *
 * @returns the canonical text, or every problem found
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html
 */
export function parseLifecyclePolicy(json: string): { text: string } | { problems: PolicyProblem[] } {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    const reason = (error as Error).message.replace(/\s+/g, " ");
    return {
      problems: [{ path: [], found: json, advice: `this is not JSON (${reason}); write {"rules":[…]}` }],
    };
  }
  const refuse = (findings: readonly Finding[]) => ({
    problems: findings.map((finding) => ({ ...finding, found: valueAt(value, finding.path) })),
  });
  const archiving = archiveFindings(value);
  if (archiving.length > 0) return refuse(archiving);
  const parsed = LifecyclePolicy.safeParse(value);
  if (!parsed.success)
    return refuse(
      parsed.error.issues.map(({ path, message }) => ({
        path,
        advice: `ECR refuses this (${message}); compare it with the lifecycle policy parameters in the ECR user guide`,
      })),
    );
  const { rules } = parsed.data;
  const findings = [...rules.flatMap(ruleFindings), ...rulesTogetherFindings(rules)];
  if (findings.length > 0) return refuse(findings);
  const text = encode(parsed.data);
  if (text.length > maxLength)
    return refuse([
      {
        path: [],
        advice: `a policy has up to ${maxLength} characters and this one ${text.length}; use fewer or shorter rules`,
      },
    ]);
  return { text };
}

const archiveAdvice =
  "rules that archive images or count from the last pull need AWS provider 6.28.0 (an older one does not see their changes) and are not supported here yet; use expire with imageCountMoreThan or sinceImagePushed";

/** Rules that use the archive storage class or count from the last pull. */
function archiveFindings(value: unknown): Finding[] {
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

/**
 * Rules by priority, tag lists sorted, keys in AWS's order, nothing null: the same policy always gives the same text,
 * so that Terraform, which replaces a changed policy, sees only true changes.
 */
function encode({ rules }: LifecyclePolicy): string {
  const canonical = rules
    .toSorted((a, b) => a.rulePriority - b.rulePriority)
    .map(({ rulePriority, description, selection, action }) => ({
      rulePriority,
      description,
      selection: {
        tagStatus: selection.tagStatus,
        tagPatternList: selection.tagPatternList?.toSorted(),
        tagPrefixList: selection.tagPrefixList?.toSorted(),
        countType: selection.countType,
        countUnit: selection.countUnit,
        countNumber: selection.countNumber,
      },
      action,
    }));
  return JSON.stringify({ rules: canonical });
}

import { ownSids } from "../../modules/ecr/access/repository-policy";
import type { UncheckedRepository } from "../options/repository";
import type { RuleContext } from "../schema/rule";
import { itemsIn } from "../schema/unchecked";

/** Rules for the custom statements of a repository policy. */
export function statementRules(
  { repositoryPolicyStatements }: UncheckedRepository,
  context: RuleContext,
): void {
  if (!Array.isArray(repositoryPolicyStatements)) return;
  const taken = new Set<string>(Object.values(ownSids));
  repositoryPolicyStatements.forEach((statement, index) => {
    const { problem, at } = context.at("repositoryPolicyStatements", index);
    principals(statement?.principals, at("principals"));
    const sid = statement?.sid;
    if (sid !== undefined && taken.has(sid))
      problem(["sid"], sid, "another statement in the policy has this Sid; rename it");
    if (sid !== undefined) taken.add(sid);
    const conditions: NonNullable<typeof statement>["conditions"] = statement?.conditions;
    const keys = Array.isArray(conditions) ? conditions.map(testAndVariable) : [];
    keys.forEach((key, position) => {
      if (keys.indexOf(key) < position)
        problem(
          ["conditions", position],
          conditions?.[position],
          "an earlier condition has this test and variable; combine the values in one condition",
        );
    });
  });
}

const testAndVariable = (condition: { test?: unknown; variable?: unknown } | undefined): string =>
  `${condition?.test} ${condition?.variable}`;

/** `*` means everyone, so it must be the only identifier instead of hiding among others. */
function principals(list: unknown, context: RuleContext): void {
  for (const [principal, index] of itemsIn(list)) {
    const { type, identifiers } = (principal ?? {}) as { type?: unknown; identifiers?: unknown };
    if (!Array.isArray(identifiers)) continue;
    const { problem } = context.at(index);
    if (type === "*" && identifiers.some((identifier) => identifier !== "*"))
      problem(
        ["identifiers"],
        identifiers,
        'type "*" means everyone, regardless of the identifiers; use type "AWS" or set identifiers: ["*"]',
      );
    if ((type === "Service" || type === "Federated") && identifiers.includes("*"))
      problem(
        ["identifiers"],
        identifiers,
        `IAM does not support wildcards for ${type}; list the identifiers individually`,
      );
  }
}

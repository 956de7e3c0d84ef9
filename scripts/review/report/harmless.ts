import { counted } from "../../../modules/values/counted";
import type { StackReport } from "./report";

/** What needs no attention, as numbers. */
export function harmless(stacks: readonly StackReport[]): string[] {
  const all = stacks.flatMap(({ changes }) => changes);
  const policies = all.filter(({ harmless: why }) => why === "lifecycle policy").length;
  const revisions = all.filter(({ harmless: why }) => why === "new revision").length;
  const tags = all.filter(({ harmless: why }) => why === "tags").length;
  const outputs = stacks.reduce((sum, stack) => sum + stack.outputs, 0);
  const gone = all.filter(({ harmless: why }) => why === "goes with its repository").length;
  const tagged = stacks.filter(({ defaultTags }) => defaultTags).map(({ stack }) => stack);
  return [
    ...(policies === 0
      ? []
      : [
          `${counted(policies, "lifecycle policy", "lifecycle policies")} replaced: this is how the AWS provider changes one.`,
        ]),
    ...(revisions === 0
      ? []
      : [`${counted(revisions, "task definition")} with a new revision: this is how ECS changes one.`]),
    ...(gone === 0
      ? []
      : [
          `${counted(gone, "policy", "policies")} deleted with ${gone === 1 ? "its repository" : "their repositories"}.`,
        ]),
    ...(tags === 0 ? [] : [`${counted(tags, "resource")} with new tags.`]),
    ...(outputs === 0 ? [] : [`${counted(outputs, "output")} changed.`]),
    ...(tagged.length === 0
      ? []
      : [
          `The tags of the whole stack change in ${tagged.join(", ")}: Terraform also updates every resource there that has tags.`,
        ]),
  ];
}

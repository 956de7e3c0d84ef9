import { valueAt } from "../../../modules/values/value-at";
import type { WeakeningRule } from "../weakening";
import { gained, lost, weaker } from "../weaker-attribute";
import type { Gate } from "./gate";

const strongestFirst = ["IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION", "MUTABLE_WITH_EXCLUSION", "MUTABLE"];
const overwritten = "tags that were immutable can be overwritten";
// ECR's default is MUTABLE: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html
const rule = weaker(["image_tag_mutability"], strongestFirst, overwritten, "MUTABLE");

/** @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html */
export const tagMutability: Gate = {
  severity: "blocked",
  stops: "Tags that were immutable can be overwritten",
  rules: {
    aws_ecr_repository: [rule, gainedExclusion],
    aws_ecr_repository_creation_template: [rule],
  },
};

/** An exclusion makes an immutable tag mutable, and without one a mutable tag is not immutable. */
function gainedExclusion(...[change, context]: Parameters<WeakeningRule>): ReturnType<WeakeningRule> {
  const path = ["image_tag_mutability_exclusion_filter"];
  const { before, after } = change.change;
  const unchanged = valueAt(before, ["image_tag_mutability"]);
  if (unchanged !== valueAt(after, ["image_tag_mutability"])) return [];
  if (unchanged === "IMMUTABLE_WITH_EXCLUSION") return gained(path, overwritten)(change, context);
  return unchanged === "MUTABLE_WITH_EXCLUSION" ? lost(path, overwritten)(change, context) : [];
}

import {
  actionTypes,
  countTypes,
  storageClasses,
  tagStatuses,
} from "../../modules/ecr/lifecycle/lifecycle-rules";
import { integer, list, nonEmpty, object, oneOf } from "../schema/fields";

const countAdvice = "a count is a whole number from 1 on; write for example 30";

const tags = (advice: string) =>
  list(nonEmpty(advice)).min(1, { error: "an empty list selects nothing; add a tag" });

/** One rule in the words of AWS's policy JSON, so that rules can be copied from AWS's pages. */
export const LifecycleRuleOptions = object({
  rulePriority: integer(1, 999_999_999, "a priority is a whole number from 1 on; write for example 10")
    .optional()
    .meta({
      description: "Rules act in the order of their priorities. Give one to every rule or to none.",
      defaultNote: "1, 2, 3 … in the order of the list",
    }),
  description: nonEmpty("a description is text; write a sentence or leave it out")
    .optional()
    .meta({ description: "What the rule is for. AWS shows it.", defaultNote: "none" }),
  selection: object({
    tagStatus: oneOf(tagStatuses).describe("Images that have a tag, those that have none, or any."),
    tagPatternList: tags("a pattern is text; write for example 'release-*'").optional().meta({
      description:
        "For `tagged`: patterns, where `*` stands for any text (at most four). An image needs a matching tag for **each** of them.",
      defaultNote: "none",
    }),
    tagPrefixList: tags("a prefix is text; write for example 'release-'").optional().meta({
      description:
        "For `tagged`: the same with prefixes. An image needs a matching tag for **each** of them.",
      defaultNote: "none",
    }),
    storageClass: oneOf(storageClasses).optional().meta({
      description: "Images that the rule looks at: those in use or the archived ones.",
      defaultNote: '`"standard"`',
    }),
    countType: oneOf(countTypes).describe(
      "What is counted: images, or days since the push, the last pull (to archive only) or the archiving (of archived images).",
    ),
    countUnit: oneOf(["days"]).optional().meta({
      description: "`days`, for every count but `imageCountMoreThan`.",
      defaultNote: "none",
    }),
    countNumber: integer(1, 999_999_999, countAdvice).describe(
      "How many images stay, or how many days pass. At least 90 for `sinceImageTransitioned`.",
    ),
  }).describe("Which images the rule is about."),
  action: object({
    type: oneOf(actionTypes).describe("`expire` deletes the image, `transition` archives it."),
    targetStorageClass: oneOf(["archive"]).optional().meta({
      description: "For `transition`: `archive`.",
      defaultNote: "none",
    }),
  })
    .default({ type: "expire" })
    .describe("What happens to the images."),
}).describe("One lifecycle rule in AWS's words. Rules that archive or count pulls need AWS provider 6.28.0.");

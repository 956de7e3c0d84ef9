import { rulesThatMayAffect } from "../../modules/ecr/lifecycle/lifecycle-warnings";
import { describeConsumer } from "../plan/consumers";
import type { Environment } from "../plan/environment";
import { composedPolicyOf } from "../plan/lifecycle";
import { otherPulls } from "../plan/other-registries";
import { ownerOf } from "../plan/owner-policies";
import { effectOf } from "./consumers";
import type { Warning } from "./warning";

/** The lifecycle policy of another environment of the project can affect images that consumers run by their URL. */
export function imagesOfOthersMayGo(
  environment: Environment,
  environments: readonly Environment[],
): Warning[] {
  return otherPulls(environment).flatMap(({ repository, consumers }) => {
    const owner = ownerOf({ repository }, environments);
    const options = owner?.environment.ecr.repositories[owner.shortName];

    if (owner === undefined || options === undefined) return [];
    return consumers.flatMap(({ options: { image }, ...consumer }): Warning[] => {
      const { tag, digest } = image ?? {};
      if (typeof (tag ?? digest) !== "string") return [];
      const rules = rulesThatMayAffect(composedPolicyOf(options).policy, tag);
      if (rules.length === 0) return [];
      return [
        {
          warning: "image-in-use-may-go",
          path: [...consumer.path, "image", tag === undefined ? "digest" : "tag"],
          text: `The lifecycle policy of "${owner.shortName}" in ${owner.environment.file} can ${effectOf(rules)} the image that the ${describeConsumer(consumer)} runs, which then cannot be pulled. Give the image a tag that protectedTags there matches.`,
        },
      ];
    });
  });
}

import fc from "fast-check";
import { regions } from "../../../../modules/iam/aws-regions";
import type { Answers } from "../../../../scripts/init/answers";

const word = fc.stringMatching(/^[a-z][a-z0-9]{0,7}$/);

/** Names with single hyphens, short enough for the derived bucket. */
const name = fc.array(word, { minLength: 1, maxLength: 2 }).map((words) => words.join("-"));

const repository = fc.oneof(
  fc.stringMatching(/^[a-z0-9]{1,5}([._/-][a-z0-9]{1,5}){0,2}$/),
  fc.constantFrom("web-app", "default", "a_b", "1", "0x1", "1e3", "class", "team/web"),
);

/** Answers that are valid, with the rare words that other languages and AWS reserve left to examples. */
export const validAnswers: fc.Arbitrary<Answers> = fc.record({
  project: name.filter((text) => !/^(?:sg|sthree)(?:-|$)/.test(text)),
  name: name.filter((text) => !(text in Object.prototype)),
  tier: fc.constantFrom("development", "production"),
  accountId: fc.stringMatching(/^[0-9]{12}$/),
  // Those of the European Sovereign Cloud need a newer provider than the project's.
  region: fc.constantFrom(...regions.filter((region) => !region.startsWith("eusc-"))),
  repositories: fc.uniqueArray(repository, { maxLength: 4 }),
});

import { expect, test } from "vitest";
import { problemsIn } from "../../../support/environments/load-message";
import { minimal, only } from "../../../support/environments/minimal";

test.each(["None", " none "])("a misspelled %j says how to have no lifecycle policy", (lifecyclePolicy) => {
  const ecr = { repositories: { web: { lifecyclePolicy } } };

  expect(problemsIn(only({ ...minimal, ecr })).join("\n")).toContain(
    'this is no policy; for no lifecycle policy, use "none" in lower case, without spaces',
  );
});

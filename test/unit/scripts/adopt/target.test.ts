import { expect, test } from "vitest";
import { targetOf } from "../../../../scripts/adopt/target";

const flags = { project: "shop", account: "111122223333", region: "eu-west-1" };

test("a file that is no environment of the project is not changed", () => {
  expect(() => targetOf({ ...flags, env: "naming" }, {}, {}, [])).toThrow(
    "environments/naming.ts exists, and environments/all.ts does not list it as an environment; choose another name, or add it there. Nothing was written.",
  );
});

test("every missing flag is named", () => {
  expect(() => targetOf({ env: "qa" }, {}, {}, [])).toThrow(
    "Nothing says which project, account, region qa has; add --project, --account, --region. Nothing was written.",
  );
});

test("what the flags say counts more than what was found, and the difference is noted", () => {
  const notes: never[] = [];
  const { base, source } = targetOf({ ...flags, env: "qa" }, { region: "us-east-1" }, {}, notes);

  expect(source).toBeUndefined();
  expect(base).toMatchObject({ name: "qa", region: "eu-west-1", tier: "development" });
  expect(notes).toMatchObject([{ kind: "contradiction", subject: "region", found: "us-east-1" }]);
});

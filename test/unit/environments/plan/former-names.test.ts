import { expect, test } from "vitest";
import { formerNames } from "../../../../environments/plan/former-names";

test("each renamed repository has its former name, by its name now", () => {
  expect([...formerNames({ web: { renamedFrom: "app" }, api: {} })]).toEqual([["web", "app"]]);
});

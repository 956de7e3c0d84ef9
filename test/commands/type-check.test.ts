import { inject, test } from "vitest";
import { typesChecked } from "../support/emulator/type-check";

test("the project passes the type check", async () => {
  await typesChecked(inject("compiledProject").folder);
});

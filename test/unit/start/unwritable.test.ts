import { createRequire } from "node:module";
import { expect, test } from "vitest";

const { explainUnwritable }: { explainUnwritable(error: object): string | undefined } = createRequire(
  __filename,
)("../../../start/unwritable.cjs");

test.each(["EACCES", "EROFS", "ENOSPC"])("an error %s names the file, and what to do", (code) => {
  expect(explainUnwritable({ code, path: "/p/build/x" })).toBe(
    `/p/build/x cannot be written or deleted (${code}). It may belong to another user, for example because a command ran with sudo, ` +
      "or the disk may be full. Delete the folder build, or give this user write access: every command writes to it.\n",
  );
});

test("another error is not explained so", () => {
  expect(explainUnwritable(new TypeError("no function"))).toBeUndefined();
});

import { createRequire } from "node:module";
import { expect, test } from "vitest";

const { loadedOnFirstUse }: { loadedOnFirstUse(request: string, load: () => object): never } = createRequire(
  __filename,
)("../../../start/first-use.cjs");

/** What a module exports, and how often it was loaded. */
function counted(request: string, exported: object) {
  const count = { loads: 0 };
  const load = () => {
    count.loads++;
    return exported;
  };
  return { count, module: loadedOnFirstUse(request, load) as Record<string, unknown> };
}

test("a module is loaded when something of it is used", () => {
  const { count, module } = counted("node:crypto", { createHash: () => "hash" });

  expect(module["__esModule"]).toBe(false);
  expect(count.loads).toBe(0);
  expect((module["createHash"] as () => string)()).toBe("hash");
  expect(count.loads).toBe(1);
});

/** What TypeScript makes of `import * as crypto from "node:crypto"`, and others of `{ ...crypto }`. */
test("its names can be listed, copied and asked for", () => {
  const exported = { createHash: () => "hash", constants: { one: 1 } };
  const { module } = counted("node:crypto", exported);

  expect(Object.getOwnPropertyNames(module)).toEqual(["createHash", "constants"]);
  expect({ ...module }).toEqual(exported);
  expect("createHash" in module).toBe(true);
  expect("length" in module).toBe(false);
});

test("what is assigned to it reaches the module", () => {
  const exported = { spawn: "before" };
  const { module } = counted("child_process", exported);

  module["spawn"] = "after";

  expect(exported.spawn).toBe("after");
});

test("a module that is a function can be called", () => {
  const { module } = counted("archiver", (format: string) => `archive as ${format}`);

  expect((module as unknown as (format: string) => string)("zip")).toBe("archive as zip");
});

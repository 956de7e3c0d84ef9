import { expect, test } from "vitest";
import { importedPackages, withFork } from "../../../../scripts/package/compiled-files";

const files = {
  "library/constructs.js": 'require("../modules/a/repository"); require("../modules/names");',
  "library/constructs.d.ts": 'export * from "../modules/a/repository";',
  "modules/a/repository.js": 'require("cdktf"); require("constructs"); require("../names");',
  "modules/a/repository.d.ts":
    'import type { IamRole } from "@cdktf/provider-aws/lib/iam-role"; import("../names").Name;',
  "modules/names.js": 'require("node:fs"); require("zod/v4");',
  "modules/names.d.ts": "",
  "modules/types.js": "",
  "modules/types.d.ts": 'import { App } from "cdktf";',
};

test("files that import CDKTF, by code or by types, import its fork and share all others", () => {
  expect(withFork(files, "../lib")).toEqual({
    "library/constructs.js": 'require("../modules/a/repository"); require("../../lib/modules/names");',
    "library/constructs.d.ts": 'export * from "../modules/a/repository";',
    "modules/a/repository.js":
      'require("cdktn"); require("constructs"); require("../../../lib/modules/names");',
    "modules/a/repository.d.ts":
      'import type { IamRole } from "@cdktn/provider-aws/lib/iam-role"; import("../../../lib/modules/names").Name;',
    "modules/types.js": "",
    "modules/types.d.ts": 'import { App } from "cdktn";',
  });
});

test("the packages of the imports are found, with their scope and without paths", () => {
  expect(importedPackages(files)).toEqual(new Set(["cdktf", "constructs", "@cdktf/provider-aws", "zod"]));
});

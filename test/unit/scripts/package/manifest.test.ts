import { expect, test } from "vitest";
import { libraryManifest } from "../../../../scripts/package/manifest";

const project = {
  name: "ecr-platform",
  version: "1.2.3",
  license: "MIT",
  engines: { node: ">=20", npm: ">=10" },
  dependencies: {
    "@cdktf/provider-aws": "21.22.1",
    cdktf: "0.21.0",
    commander: "14.0.3",
    constructs: "10.6.0",
    zod: "4.6.7",
  },
};
const fork = { "@cdktn/provider-aws": "25.7.0", cdktn: "0.24.0", constructs: "10.6.0" };

test("an app brings the constructs, and one of the two libraries with its bindings", () => {
  const { peerDependencies, peerDependenciesMeta } = libraryManifest(project, fork, new Set());

  expect(peerDependencies).toEqual({
    "@cdktf/provider-aws": "^21.22.1",
    "@cdktn/provider-aws": "^25.7.0",
    cdktf: "^0.21.0",
    cdktn: "^0.24.0",
    constructs: "^10.6.0",
  });
  expect(Object.keys(peerDependenciesMeta).toSorted()).toEqual([
    "@cdktf/provider-aws",
    "@cdktn/provider-aws",
    "cdktf",
    "cdktn",
  ]);
});

test("what the library imports is a dependency in the version of the project, and nothing else", () => {
  const { dependencies } = libraryManifest(project, fork, new Set(["cdktf", "constructs", "zod"]));

  expect(dependencies).toEqual({ zod: "4.6.7" });
});

test("every part has its code and its types, for TypeScript with and without exports", () => {
  const { exports, main, types, typesVersions } = libraryManifest(project, fork, new Set());

  expect(exports["./cdktn"]).toEqual({
    types: "./cdktn/library/constructs.d.ts",
    default: "./cdktn/library/constructs.js",
  });
  expect(exports["."]).toEqual({ types, default: main });
  expect(typesVersions["*"]).toEqual({
    cdktn: ["./cdktn/library/constructs.d.ts"],
    compilers: ["./lib/library/compilers.d.ts"],
  });
});

test("fails when the library imports what the project has for its own development only", () => {
  expect(() => libraryManifest(project, fork, new Set(["vitest"]))).toThrowErrorMatchingInlineSnapshot(
    `[Error: library/ imports vitest; add it to dependencies in package.json]`,
  );
});

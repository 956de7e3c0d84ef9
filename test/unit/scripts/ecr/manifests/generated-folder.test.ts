import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { replaceGenerated } from "../../../../../scripts/ecr/manifests/generated-folder";

let place: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "generated-"));
});
afterEach(() => rmSync(place, { recursive: true }));

const header = "# prod";
const write = (files: Record<string, string>, folder = join(place, "k8s", "prod"), first = header) =>
  replaceGenerated(
    folder,
    new Map(Object.entries(files).map(([path, text]) => [path, `${first}\n${text}`])),
    first,
  );
const read = (path: string) => readFileSync(join(place, "k8s", "prod", path), "utf8");
const names = (folder: string) => readdirSync(join(place, folder)).toSorted();

test("a folder that does not exist is created, and one of an earlier run replaced as a whole", () => {
  write({ "base/a.yaml": "1", "base/b.yaml": "1" });
  write({ "base/a.yaml": "2" });

  expect(names("k8s/prod/base")).toEqual(["a.yaml"]);
  expect(read("base/a.yaml")).toBe("# prod\n2");
  expect(names("k8s")).toEqual(["prod"]);
});

test("fails when the folder has a file of somebody else or of another environment, and changes nothing", () => {
  write({ "base/a.yaml": "1" });
  expect(() => write({ "base/a.yaml": "2" }, undefined, "# dev")).toThrow(
    "was not written by this command for this environment",
  );
  writeFileSync(join(place, "k8s/prod/base/own.yaml"), "kind: Ingress\n");
  expect(() => write({ "base/a.yaml": "2" })).toThrow(/own\.yaml was not written by this command/);

  expect(read("base/a.yaml")).toBe("# prod\n1");
  expect(names("k8s")).toEqual(["prod"]);
});

test("fails when the folder is a file", () => {
  writeFileSync(join(place, "file"), "");

  expect(() => write({ a: "1" }, join(place, "file"))).toThrow("is a file; choose a folder for --kustomize");
});

test("a failure leaves the former folder, and nothing beside it", () => {
  write({ "base/a.yaml": "1" });
  // A file cannot also be a folder.
  expect(() => write({ "base/a.yaml": "2", "base/a.yaml/b.yaml": "2" })).toThrow();

  expect(read("base/a.yaml")).toBe("# prod\n1");
  expect(names("k8s")).toEqual(["prod"]);
});

test("an empty folder is replaced", () => {
  mkdirSync(join(place, "k8s/prod"), { recursive: true });
  write({ "a.yaml": "1" });

  expect(read("a.yaml")).toBe("# prod\n1");
});

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { since } from "../../../../environments/plan/provider-version";
import { usedTypes } from "../../../support/emulator/used-types";

const page = readFileSync("docs/reference/provider-notes.md", "utf8");
const { resources } = usedTypes();

test("every resource type that the project writes is on the page of provider notes", () => {
  const missing = [...resources].filter((type) => !page.includes(`\`${type}\``));

  expect(missing).toEqual([]);
});

test("the page of provider notes has no resource type that the project does not write", () => {
  const named = [...page.matchAll(/`(aws_\w+)`/g)].map(([, type = ""]) => type);

  expect(named.filter((type) => !resources.has(type))).toEqual([]);
});

test("the page of provider notes has the versions of the table in the code", () => {
  const versions = [...page.matchAll(/^\| (\d+\.\d+\.\d+) /gm)].map(([, version]) => version);

  expect(versions).toEqual(Object.values(since));
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { guide } from "../../../support/environments/guide";
import { synth } from "../../../support/synth";

test("every address that the runbook imports is one of the bootstrap stack", () => {
  const runbook = readFileSync(join(__dirname, "../../../../docs/how-to/first-deployment.md"), "utf8");
  const resources: Record<string, object> = synth(guide)["bootstrap-dev"]?.["resource"];
  const addresses = Object.entries(resources).flatMap(([type, named]) =>
    Object.keys(named).map((name) => `${type}.${name}`),
  );

  const imported = [...runbook.matchAll(/import (aws_s3_\S+)/g)].map(([, address]) => address);

  expect(imported.toSorted()).toEqual(addresses.toSorted());
});

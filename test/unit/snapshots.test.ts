import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { definitions } from "../../environments/all";
import { synth } from "../support/synth";

const folder = join(__dirname, "../snapshots");
const stacks = Object.entries(synth(definitions));

/** Terraform JSON without versions, so that an upgrade of a tool changes no snapshot. */
function stable(json: object): string {
  return `${JSON.stringify(json, (key, value) => (key === "required_providers" || key === "required_version" ? undefined : value), 2)}\n`;
}

test.each(stacks)("%s is as reviewed", async (name, json) => {
  await expect(stable(json)).toMatchFileSnapshot(join(folder, `${name}.json`));
});

test("no snapshot is left of a stack that is gone", () => {
  const names = stacks.map(([name]) => `${name}.json`);

  expect(readdirSync(folder).toSorted()).toEqual(names.toSorted());
});

test("the JSON of a stack holds no path of the machine", () => {
  expect(JSON.stringify(stacks)).not.toContain(process.cwd());
});

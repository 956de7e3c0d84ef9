import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { guideSource } from "../../../../../scripts/adopt/guide/guide-source";
import { readModules } from "../../../../../scripts/adopt/hcl/read-modules";
import { readVariables } from "../../../../../scripts/adopt/hcl/read-variables";

function written(name: string, text: string): string {
  const directory = mkdtempSync(join(tmpdir(), "variables-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const file = join(directory, name);
  writeFileSync(file, text);
  return file;
}

test("a variable that one file sets twice is refused, in each file", async () => {
  const hcl = written("a.tfvars", 'ecr_repositories = {}\nproject = "shop"\necr_repositories = { b = {} }\n');
  const json = written("b.tfvars.json", '{\n"project": "a",\n"project": "b"\n}');

  await expect(readVariables([hcl, json])).rejects.toThrow(
    [
      `${hcl}:1: ecr_repositories is set again on line 3, and Terraform refuses such a file; keep one of them`,
      `${json}:2: project is set again on line 3, and Terraform refuses such a file; keep one of them`,
      "Nothing was written.",
    ].join("\n"),
  );
});

test.each(["", "ecr_repositories = null\n", "scan_on_push = true\n"])(
  "files without a variable of the guide are refused: %j",
  async (text) => {
    const file = written("a.tfvars", text);
    const variables = await readVariables([file]);

    expect(() => guideSource([file], variables, {})).toThrow(
      `${file}: no variable of the ECR guide has a value in it; set ecr_repositories to a map of repositories. Nothing was written.`,
    );
  },
);

test("an error of syntax is at its line, also in a block", async () => {
  const variables = written("a.tfvars", 'project = "shop"\n\nregion = \n');
  const block = written("a.tf", '# Registry\nmodule "ecr" {\n  source = "x"\n  name = ]\n}\n');
  const open = written("b.tf", 'locals {\n}\nmodule "ecr" {\n  source = "x"\n');

  await expect(readVariables([variables])).rejects.toThrow(`${variables}:3: Invalid expression; `);
  const none = await readVariables([]);
  await expect(readModules([block, open], none, () => undefined)).rejects.toThrow(
    `${block}:4: Invalid expression; `,
  );
  await expect(readModules([block, open], none, () => undefined)).rejects.toThrow(
    `${open}:3: module ecr has no closing brace; add it\nNothing was written.`,
  );
});

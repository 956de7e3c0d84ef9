import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { literalText, terraformText } from "../../modules/terraform/literal-text";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import { hostileTexts } from "../support/hostile-texts";
import { readByTerraform } from "../support/terraform-template";

/** Outputs need no provider, so no initialization. @returns the values that Terraform has for them */
function outputsOf(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const folder = mkdtempSync(join(tmpdir(), "template-"));
  try {
    const output = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }]));
    writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ output }));
    const terraform = (...args: string[]) =>
      execFileSync("terraform", args, { cwd: folder, encoding: "utf8" });
    terraform("apply", "-auto-approve", "-no-color", "-input=false");
    const read: Record<string, { value: unknown }> = JSON.parse(terraform("output", "-json"));
    return Object.fromEntries(Object.entries(read).map(([name, { value }]) => [name, value]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const numbered = (values: readonly unknown[]) =>
  Object.fromEntries(values.map((value, index) => [`value${index}`, value]));

describeWithTerraform("Terraform reads its JSON", () => {
  test("and has every hostile text as it was written, as a value and as a key", () => {
    const written = hostileTexts.map((text) => terraformText(literalText(text)));

    expect(outputsOf(numbered(written))).toEqual(numbered(hostileTexts));
    expect(outputsOf({ map: Object.fromEntries(written.map((text) => [text, text])) })).toEqual({
      map: Object.fromEntries(hostileTexts.map((text) => [text, text])),
    });
  });

  test("as the model of the tests does", () => {
    const templates = [
      "$$${x}",
      "$$$$${x}",
      "%%%{x}",
      "$%%{x}",
      "%$${x}",
      "~$${~ x ~}",
      "$${",
      "e\u0301",
      "\uFEFFa",
      "a\uFEFF",
      "$$",
      "%",
    ];

    expect(outputsOf(numbered(templates))).toEqual(readByTerraform(numbered(templates)));
  });

  test("and evaluates what has no escape, so that the escapes are needed", () => {
    expect(outputsOf({ sum: "${1+1}", directive: "%{ if true }x%{ endif }" })).toEqual({
      sum: 2,
      directive: "x",
    });
  });
});

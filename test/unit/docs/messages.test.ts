import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "@babel/parser";
import { expect, test } from "vitest";

/** Words of the glossary that no text has, in lower case, with what to write instead. */
const avoided = [
  ...(readFileSync("docs/glossary.md", "utf8").split("## Words to avoid")[1] ?? "").matchAll(
    /^\| ([^|]+?) +\| ([^|]+?) +\|$/gm,
  ),
]
  .filter(([, avoid = ""]) => avoid !== "Avoid" && !/^-+$/.test(avoid))
  .flatMap(([, avoid = "", write = ""]) => avoid.split(", ").map((word) => ({ word, write })))
  .filter(({ word, write }) => word.toLowerCase() !== write.toLowerCase())
  .map(({ word, write }) => ({
    ...{ word, write },
    pattern: new RegExp(
      `(?<![\\w./@-])${word.replaceAll(".", "\\.").replaceAll(" ", "\\s+")}(?![\\w/@-])`,
      "i",
    ),
  }));

/** The words of a text that the glossary avoids. Names of files and options are not words. */
const found = (text: string) => avoided.filter(({ pattern }) => pattern.test(text));

/** The texts of a source file that have several words. */
function textsOf(source: string): string[] {
  const texts: string[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit);
    else if (typeof node === "object" && node !== null) {
      const { type, value } = node as { type?: string; value?: string | { cooked?: string } };
      if (type === "StringLiteral" && typeof value === "string") texts.push(value);
      if (type === "TemplateElement" && typeof value === "object") texts.push(value.cooked ?? "");
      Object.entries(node).forEach(([key, child]) => {
        if (!/comments$/i.test(key)) visit(child);
      });
    }
  };
  visit(parse(source, { sourceType: "module", plugins: ["typescript"] }).program);
  return texts.filter((text) => /\w\s+\w/.test(text));
}

test("the words are found in texts, not in names and comments", () => {
  const source =
    '// nobody\nimport beside from "./beside"; const text = `Run it beside ${beside}, which nobody has.`;';
  expect(
    textsOf(source)
      .flatMap(found)
      .map(({ word }) => word),
  ).toEqual(["beside", "nobody"]);
});

test("no message has a word that the glossary avoids", () => {
  const problems = ["environments", "layers", "modules", "scripts", "start"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .flatMap((file) =>
        textsOf(readFileSync(join(folder, file), "utf8")).flatMap((text) =>
          found(text).map(({ word, write }) => `${join(folder, file)}: "${word}", write "${write}": ${text}`),
        ),
      ),
  );

  expect(problems).toEqual([]);
});

import { readFileSync } from "node:fs";
import { parse } from "@babel/parser";
import { expect, test } from "vitest";
import { filesIn } from "../../support/files-in";

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

/** An escape sequence of a text, or a line that goes on after a backslash. */
const escapeSequence = "\\\\(?:[bfnrtv0\\n]|x\\w{2}|u\\w{4})";

/** Such a word in a source, also after an escape sequence of a text, and with one instead of a space. */
const inSource = new RegExp(
  `(?:(?<![\\w./@-])|(?<=${escapeSequence}))(?:${avoided
    .map(({ word }) => word.replaceAll(".", "\\.").replaceAll(" ", `(?:\\s|${escapeSequence})+`))
    .join("|")})(?![\\w/@-])`,
  "i",
);

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

test("the search before the parsing finds each word in a text", () => {
  const words = avoided.map(({ word }) => word);
  const sources = words.flatMap((word) => [
    `"It is ${word} here"`,
    `"\\u2013${word.replaceAll(" ", "\\u00a0")}"`,
    `"One line\\n${word.replaceAll(" ", "\\n")}\\tand another"`,
    `\`${word.toUpperCase()} $\{"text"}\``,
  ]);

  expect(sources.filter((source) => !inSource.test(source))).toEqual([]);
});

test("no message has a word that the glossary avoids", () => {
  const problems = ["environments", "layers", "modules", "scripts", "start"].flatMap((folder) =>
    filesIn(folder)
      .filter((file) => file.endsWith(".ts"))
      .map((file) => ({ file, source: readFileSync(file, "utf8") }))
      // Parsing takes long, and few sources have such a word.
      .filter(({ source }) => inSource.test(source))
      .flatMap(({ file, source }) =>
        textsOf(source).flatMap((text) =>
          found(text).map(({ word, write }) => `${file}: "${word}", write "${write}": ${text}`),
        ),
      ),
  );

  expect(problems).toEqual([]);
});

"use strict";

const { readFileSync } = require("node:fs");
const { join } = require("node:path");

/**
 * A rule of textlint: no word that the glossary says to avoid. A word in lower case is refused in any case; one that
 * is right with capitals, such as GitHub, is refused in lower case only.
 */
const glossary = readFileSync(join(__dirname, "..", "glossary.md"), "utf8").split("## Words to avoid")[1];
const words = [...glossary.matchAll(/^\| ([^|]+?) +\| ([^|]+?) +\|$/gm)]
  .filter(([, avoid]) => avoid !== "Avoid" && !/^-+$/.test(avoid))
  .flatMap(([, avoid, write]) =>
    avoid.split(", ").map((word) => {
      const pattern = word.replaceAll(".", "\\.").replaceAll(" ", "\\s+");
      const isName = word.toLowerCase() === write.toLowerCase();
      return {
        word,
        write,
        pattern: new RegExp(`(?<![\\w./@-])${pattern}(?![\\w/@-]|\\.\\w)`, isName ? "g" : "gi"),
      };
    }),
  );

module.exports = ({ Syntax, RuleError, report, getSource, getFilePath, locator }) => ({
  [Syntax.Str](node) {
    if (getFilePath()?.endsWith("glossary.md")) return;
    const text = getSource(node);
    for (const { word, write, pattern } of words)
      for (const { index } of text.matchAll(pattern))
        report(
          node,
          new RuleError(
            `"${word}": write ${write.startsWith("(") ? "nothing instead" : `"${write}"`} (docs/glossary.md)`,
            {
              padding: locator.at(index),
            },
          ),
        );
  },
});

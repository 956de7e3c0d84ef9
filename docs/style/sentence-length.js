"use strict";

const longest = 40;

/** A rule of textlint: no sentence that a reader has to read twice. Code counts as one word. */
module.exports = ({ Syntax, RuleError, report, getSource, locator }) => ({
  [Syntax.Paragraph](node) {
    const text = getSource(node);
    for (const { 0: sentence, index } of text.matchAll(/[^.:;!?]+(?:[.:;!?](?!\s|$)[^.:;!?]*)*[.:;!?]?/g)) {
      const words = sentence
        .replace(/`[^`]*`/g, "code")
        .replace(/\]\([^)]*\)/g, "]")
        .split(/\s+/)
        .filter((word) => /\w/.test(word));
      if (words.length > longest)
        report(
          node,
          new RuleError(`this sentence has ${words.length} words, at most ${longest} are allowed; split it`, {
            padding: locator.at(index),
          }),
        );
    }
  },
});

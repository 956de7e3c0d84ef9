"use strict";

const widest = 160;

/** A rule of textlint: no table wider than a reader's window. */
module.exports = ({ Syntax, RuleError, report, getSource, locator }) => ({
  [Syntax.Table](node) {
    let start = 0;
    for (const row of getSource(node).split("\n")) {
      if (row.length > widest)
        report(
          node,
          new RuleError(
            `this row has ${row.length} characters, and a table has at most ${widest}: use a list`,
            {
              padding: locator.at(start),
            },
          ),
        );
      start += row.length + 1;
    }
  },
});

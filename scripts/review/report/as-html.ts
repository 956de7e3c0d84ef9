import { element, type Markup } from "./html/markup";
import { page } from "./html/page";
import type { Picture } from "./html/picture";
import { pictureMarkup } from "./html/picture";
import { foldable, sectionMarkup, tableMarkup } from "./html/section-markup";
import type { Report } from "./report";
import { limitsOf, sectionsOf } from "./sections";

/**
 * The report as one HTML page, which loads nothing, has no script, and prints with everything unfolded.
 *
 * @param pictures of the stacks of the head
 */
export function asHtml(report: Report, pictures: readonly Picture[] = []): string {
  const sections = sectionsOf(report);
  return page(report.verdict.text, [
    element("header", {}, verdictMarkup(report)),
    element(
      "main",
      {},
      sections.length === 0 ? [] : countsMarkup(report),
      sections.map(sectionMarkup),
      unchangedMarkup(report),
      pictures.map(pictureMarkup),
    ),
    element("footer", {}, element("p", {}, sections.length === 0 ? "" : limitsOf(report))),
  ]);
}

const verdictMarkup = ({ verdict: { risky, text }, stacks, base, head }: Report): Markup =>
  element(
    "div",
    {
      class: risky
        ? "verdict risky"
        : stacks.every(({ status }) => status === "unchanged")
          ? "verdict same"
          : "verdict",
    },
    element("h1", {}, text),
    element("p", { class: "revisions" }, element("code", {}, base), " → ", element("code", {}, head)),
  );

/** The sums of the table of stacks. */
function countsMarkup({ stacks }: Report): Markup {
  const sum = (action: "create" | "update" | "replace" | "delete") =>
    stacks.reduce((total, { counts }) => total + counts[action], 0);
  const item = (action: "create" | "update" | "replace" | "delete", alarming = false) =>
    element(
      "li",
      { class: alarming && sum(action) > 0 ? "lost" : undefined },
      element("b", {}, String(sum(action))),
      `to ${action}`,
    );
  return element("ul", { class: "counts", "aria-label": "Resources" }, [
    item("create"),
    item("update"),
    item("replace", true),
    item("delete", true),
  ]);
}

function unchangedMarkup({ stacks }: Report): Markup | [] {
  const rows = stacks.filter(({ status }) => status === "unchanged").map(({ stack }) => [stack]);
  if (rows.length === 0) return [];
  const title = "Unchanged stacks";
  return foldable(title, String(rows.length), { open: false }, tableMarkup(title, { head: ["stack"], rows }));
}

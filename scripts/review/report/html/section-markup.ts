import type { AccessDelta } from "../access-rows";
import { isTable, type Section } from "../sections";
import type { Table } from "../table";
import { type Child, element, type Markup } from "./markup";

/** More lines than this are folded, whatever they say. Destroyed resources are never folded. */
const longestUnfolded = 60;

/** A part of the report: a heading with a number, and what it holds. */
export function sectionMarkup({ title, content, access, folded, alarming = false }: Section): Markup {
  const rows = access?.length ?? (isTable(content) ? content.rows.length : resourcesIn(content));
  const isLong = (isTable(content) ? content.rows : content).length > longestUnfolded;
  const body =
    access !== undefined
      ? accessTable(title, access)
      : isTable(content)
        ? tableMarkup(title, content)
        : element("div", { class: "entries" }, entriesIn(content).map(entryMarkup));
  return foldable(title, String(rows), { open: alarming || !(folded || isLong), alarming }, body);
}

/** A heading that hides and shows what is below it, without a script. */
export function foldable(
  title: string,
  size: string,
  { open, alarming = false }: { readonly open: boolean; readonly alarming?: boolean },
  body: Child,
): Markup {
  return element(
    "details",
    { class: alarming ? "part alarming" : "part", open },
    element("summary", {}, element("h2", {}, title), element("span", { class: "size" }, size)),
    element("div", { class: "body" }, body),
  );
}

interface Entry {
  readonly head: string;
  /** The lines that were indented below it. */
  readonly lines: readonly string[];
}

/** Lines and the indented lines that belong to each. */
function entriesIn(lines: readonly string[]): Entry[] {
  const entries: { head: string; lines: string[] }[] = [];
  for (const line of lines) {
    if (line.startsWith("  ")) entries.at(-1)?.lines.push(line.slice(2));
    else entries.push({ head: line, lines: [] });
  }
  return entries;
}

const entryMarkup = ({ head, lines }: Entry): Markup =>
  element(
    "div",
    { class: "entry" },
    element("p", { class: "head" }, head),
    listMarkup("names", lines.filter(isName)),
    listMarkup(
      undefined,
      lines.filter((line) => !isName(line)),
    ),
  );

/** Whether a line names one of the resources of an entry. */
const isName = (line: string): boolean => line.startsWith("- ");

/** Number of resources: an entry is about one, or names several. */
const resourcesIn = (lines: readonly string[]): number =>
  entriesIn(lines).reduce((sum, entry) => sum + Math.max(1, entry.lines.filter(isName).length), 0);

const listMarkup = (kind: string | undefined, lines: readonly string[]): Child =>
  lines.length === 0 ? [] : element("ul", { class: kind }, lines.map(lineMarkup));

const lineMarkup = (line: string): Markup =>
  / -> /.test(line)
    ? element("li", { class: "value" }, element("code", {}, line))
    : element("li", {}, line.replace(/^- /, ""));

/** A table that scrolls by itself where it is wider than the page. Numbers stand right, zeros fade. */
export function tableMarkup(title: string, { head, rows }: Table): Markup {
  const isNumeric = head.map((_, column) => rows.every((row) => /^\d+$/.test(row[column] ?? "")));
  const cell = (tag: string, column: number, text: string, isHead = false) =>
    element(
      tag,
      {
        class: isNumeric[column] ? (text === "0" ? "number zero" : "number") : undefined,
        ...(tag === "th" && { scope: isHead ? "col" : "row" }),
      },
      text,
    );
  return scrolling(
    title,
    element(
      "table",
      {},
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          head.map((text, column) => cell("th", column, text, true)),
        ),
      ),
      element(
        "tbody",
        {},
        rows.map((row) =>
          element(
            "tr",
            {},
            row.map((text, column) => cell(column === 0 ? "th" : "td", column, text)),
          ),
        ),
      ),
    ),
  );
}

/** What is wider than the page scrolls by itself, also with the keyboard. */
export const scrolling = (label: string, content: Child): Markup =>
  element("div", { class: "scroll", role: "region", tabindex: "0", "aria-label": label }, content);

/** Who gains or loses what: one list item for each, because conditions and ARNs are long. */
const accessTable = (title: string, deltas: readonly AccessDelta[]): Markup =>
  element(
    "ul",
    { class: "access", "aria-label": title },
    deltas.map((delta) =>
      element(
        "li",
        {},
        element("p", { class: "head" }, accessHead(delta)),
        element("dl", {}, fact("Actions", delta.actions), [
          delta.resources.length === 0 ? [] : fact("On", delta.resources),
          delta.condition === "" ? [] : fact("If", [delta.condition]),
          fact("In", [delta.name === delta.address ? delta.address : `${delta.name} (${delta.address})`]),
        ]),
      ),
    ),
  );

const accessHead = ({ principal, verb, broadens }: AccessDelta): Child => [
  element("span", { class: "who" }, principal),
  " ",
  element("span", { class: verb === "gains" ? "verb gains" : "verb" }, verb),
  broadens ? [" ", element("span", { class: "badge" }, "broader")] : [],
];

const fact = (name: string, values: readonly string[]): Child => [
  element("dt", {}, name),
  element(
    "dd",
    {},
    values.map((value) => element("code", {}, value)),
  ),
];

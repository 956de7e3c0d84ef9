import { printable, printableLines } from "./printable";
import type { Report } from "./report";
import { isTable, limitsOf, type Section, sectionsOf } from "./sections";

/**
 * Longest comment that GitHub accepts, in characters.
 *
 * @see https://github.com/machine-learning-apps/pr-comment/issues/2 the error of its API
 */
export const longestComment = 65_536;

/**
 * The report as GitHub Markdown, at most {@link longestComment} characters. What does not fit is cut at the end, where the
 * least important parts are, and the last line says so. All texts of the stacks are code, so none of them is Markdown,
 * HTML or a mention.
 */
export function asMarkdown(report: Report): string {
  const { risky, blocked, text } = report.verdict;
  const sign = blocked ? ":no_entry:" : risky ? ":warning:" : ":white_check_mark:";
  const head = [
    `## ${sign} ${escaped(text)}`,
    `${inCode(beginningOf(report.base))} → ${inCode(beginningOf(report.head))}`,
  ].join("\n\n");
  const sections = sectionsOf(report);
  const foot = sections.length === 0 ? "" : `\n\n${limitsOf(report)}`;
  const room = longestComment - head.length - foot.length - longestNote;
  return `${head}${fitting(sections, room)}${foot}\n`;
}

/** A name of a revision, which has no limit of its own. */
const beginningOf = (name: string): string => (name.length <= 300 ? name : `${name.slice(0, 300)}…`);

/** Room for the line that says what was cut. */
const longestNote = 1_000;

/** As many sections and lines as there is room for. */
function fitting(sections: readonly Section[], room: number): string {
  let text = "";
  for (const [index, section] of sections.entries()) {
    const [part, kept] = longestPart(section, room - text.length);
    if (kept === sizeOf(section)) {
      text += part;
      continue;
    }
    const rest = sections.slice(index + 1).map(({ title }) => title);
    const cut = [
      `${sizeOf(section) - kept} lines of "${section.title}"`,
      ...rest.map((title) => `"${title}"`),
    ];
    return `${text}${part}\n\nThis comment has no room for ${cut.join(", ")}. Run the command to see everything.`;
  }
  return text;
}

const sizeOf = ({ content }: Section): number => (isTable(content) ? content.rows : content).length;

/** The longest beginning of a section that fits, and how many of its lines that are. */
function longestPart(section: Section, room: number): [text: string, kept: number] {
  let [low, high] = [0, mostLines(section, room)];
  if (high === sizeOf(section)) {
    const whole = sectionText(section);
    if (whole.length <= room) return [whole, high];
  }
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (sectionText(beginning(section, middle)).length <= room) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? ["", 0] : [sectionText(beginning(section, low)), low];
}

/** How many lines of a section fit at most, by what is in them. Most of a long section never has to be written. */
function mostLines({ content }: Section, room: number): number {
  const lines: readonly (string | readonly string[])[] = isTable(content) ? content.rows : content;
  let length = 0;
  const tooMany = lines.findIndex((line) => {
    length += [line].flat().reduce((sum, text) => sum + text.length, 1);
    return length > room;
  });
  return tooMany === -1 ? lines.length : tooMany;
}

function beginning(section: Section, size: number): Section {
  const { content } = section;
  return {
    ...section,
    content: isTable(content) ? { ...content, rows: content.rows.slice(0, size) } : content.slice(0, size),
  };
}

function sectionText({ title, content, folded }: Section): string {
  const body = isTable(content)
    ? [content.head, content.head.map(() => "---"), ...content.rows.map((row) => row.map(inCode))]
        .map((cells) => `| ${cells.join(" | ")} |`)
        .join("\n")
    : fenced(printableLines(content));
  return folded
    ? `\n\n<details><summary>${title} (${sizeOf({ title, content, folded })})</summary>\n\n${body}\n\n</details>`
    : `\n\n### ${title}\n\n${body}`;
}

/** A code block with a fence that is longer than any in it. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}

/** Numbers and nothing stay as they are. */
export const inCode = (text: string): string =>
  /^\d*$/.test(text) ? text : `<code>${escaped(printable(text))}</code>`;

/** HTML entities for everything that means something in HTML, Markdown or a table. */
const escaped = (text: string): string =>
  text.replace(/[&<>|`*_~[\]\\#]/g, (character) => `&#${character.codePointAt(0)};`);

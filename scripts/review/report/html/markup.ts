import { printable } from "../printable";

/** HTML that is safe to write into a page. Only {@link element} and {@link trusted} make it. */
export class Markup {
  readonly #html: string;

  constructor(html: string) {
    this.#html = html;
  }

  toString(): string {
    return this.#html;
  }
}

/** Text, which is escaped, or markup, which is not; lists are joined. */
export type Child = string | Markup | readonly Child[];

/** Markup that somebody else has escaped, e.g. an SVG image. Never a text of a stack. */
export const trusted = (html: string): Markup => new Markup(html);

/**
 * An element. Children and values of attributes are texts: none of them can become markup.
 *
 * @param tag of an element with an end tag
 * @param attributes by name; `true` writes the name alone, `undefined` and `false` leave it out
 */
export function element(
  tag: string,
  attributes: Readonly<Record<string, string | boolean | undefined>>,
  ...children: readonly Child[]
): Markup {
  const written = Object.entries(attributes).map(([name, value]) => {
    if (value === undefined || value === false) return "";
    return value === true ? ` ${name}` : ` ${name}="${escaped(value)}"`;
  });
  return new Markup(`<${tag}${written.join("")}>${children.map(markupOf).join("")}</${tag}>`);
}

function markupOf(child: Child): string {
  if (child instanceof Markup) return child.toString();
  return typeof child === "string" ? escaped(child) : child.map(markupOf).join("");
}

/**
 * The characters that can end a text or a quoted attribute.
 *
 * @see https://html.spec.whatwg.org/multipage/parsing.html#data-state
 * @see https://html.spec.whatwg.org/multipage/parsing.html#attribute-value-(double-quoted)-state
 */
const escaped = (text: string): string =>
  printable(text).replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);

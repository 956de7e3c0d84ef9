import { createHash } from "node:crypto";
import { type Child, element, trusted } from "./markup";
import { pageStyle } from "./page-style";

/**
 * Nothing is loaded and no script runs, whatever is in the page: only this one style applies.
 *
 * @see https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Content-Security-Policy/style-src
 */
const securityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(pageStyle).digest("base64")}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** A whole page. @param title of the browser's tab */
export function page(title: string, content: Child): string {
  const head = [
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${securityPolicy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    element("title", {}, title),
    element("style", {}, trusted(pageStyle)),
  ];
  const body = element("body", {}, element("div", { class: "sheet" }, content));
  return `<!doctype html>\n<html lang="en">\n<head>\n${head.join("\n")}\n</head>\n${body}\n</html>\n`;
}

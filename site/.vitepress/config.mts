import { cpSync, existsSync, readFileSync, rmSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { type DefaultTheme, defineConfig } from "vitepress";

const root = resolve(import.meta.dirname, "../..");
const docs = join(root, "docs");

// Pages are compiled to modules, which find their packages only in a folder above them.
const pages = join(root, "site", "pages");
rmSync(pages, { recursive: true, force: true });
cpSync(docs, pages, { recursive: true });

/** Where the files are that pages link to outside docs/, e.g. `https://github.com/acme/platform/blob/main/`. */
const sourceUrl = process.env["DOCS_SOURCE_URL"];

/** The first heading of a page. */
const titleOf = (page: string): string =>
  /^# (.*)$/m.exec(readFileSync(join(docs, page), "utf8"))?.[1] ?? page;

/** The pages that a section of docs/README.md links to, in its order, each once. */
function pagesIn(heading: string): DefaultTheme.SidebarItem[] {
  const map = readFileSync(join(docs, "README.md"), "utf8");
  const section = map.split(/^## /m).find((text) => text.startsWith(heading)) ?? "";
  const links = [...section.matchAll(/\]\(([\w/-]+\.md)/g)].map(([, page = ""]) => page);
  return [...new Set(links)].map((page) => ({ text: titleOf(page), link: `/${page.replace(/\.md$/, "")}` }));
}

/** What a link out of docs/ leads to, from the root of the project; `undefined` for every other link. */
function sourceOf(href: string, page: string): string | undefined {
  if (/^(?:\w+:|#)/.test(href)) return undefined;
  const [path = "", anchor] = href.split("#");
  const target = resolve(dirname(join(docs, page)), path);
  if (target.startsWith(`${docs}/`) && target.endsWith(".md")) return undefined;
  if (!existsSync(target)) throw new Error(`${page}: ${href} leads nowhere`);
  return relative(root, target) + (anchor === undefined ? "" : `#${anchor}`);
}

export default defineConfig({
  title: "ECR platform",
  description: "Container registries on AWS, as layers of infrastructure",
  srcDir: "pages",
  outDir: "../build/site",
  cacheDir: "../build/site-cache",
  // A static server has the pages at its root, or in this folder.
  base: process.env["DOCS_BASE"] ?? "/",
  rewrites: { "README.md": "index.md", ":path(.*)/README.md": ":path/index.md" },
  srcExclude: ["style/**"],
  lastUpdated: false,
  themeConfig: {
    // An index that the browser loads. A page that a title names comes before pages that only mention it.
    search: {
      provider: "local",
      options: {
        miniSearch: { searchOptions: { fuzzy: 0.1, prefix: true, boost: { title: 6, titles: 2, text: 1 } } },
      },
    },
    outline: [2, 3],
    nav: [
      { text: "Tutorial", link: "/tutorial" },
      { text: "Glossary", link: "/glossary" },
    ],
    sidebar: [
      { text: "Tutorial", link: "/tutorial" },
      { text: "How-to", items: pagesIn("I want to …"), collapsed: false },
      { text: "Reference", items: pagesIn("I want to look up"), collapsed: false },
      { text: "Explanation", items: pagesIn("I want to understand"), collapsed: false },
    ],
  },
  markdown: {
    config(markdown) {
      const fence = markdown.renderer.rules.fence;
      markdown.renderer.rules.fence = (tokens, index, options, env, self) => {
        const { info = "", content = "" } = tokens[index] ?? {};
        if (info.trim() === "mermaid") return `<Mermaid code="${encodeURIComponent(content)}" />`;
        return fence?.(tokens, index, options, env, self) ?? "";
      };
      // A link out of docs/ leads to the source, or is a plain name where nobody said where that is.
      markdown.core.ruler.push("links-to-sources", ({ tokens, env }) => {
        for (const { children } of tokens) {
          const opened: string[] = [];
          for (const token of children ?? []) {
            if (token.type === "link_close") {
              const kind = opened.pop();
              if (kind === "span") Object.assign(token, { type: `${kind}_close`, tag: kind });
            }
            if (token.type !== "link_open") continue;
            const place = sourceOf(String(token.attrGet("href")), env.relativePath);
            const isText = place !== undefined && sourceUrl === undefined;
            opened.push(isText ? "span" : "a");
            if (place === undefined) continue;
            if (isText) Object.assign(token, { type: "span_open", tag: "span", attrs: [["title", place]] });
            else token.attrSet("href", `${sourceUrl}${place}`);
          }
        }
      });
    },
  },
});

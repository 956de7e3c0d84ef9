import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { allPages } from "../../support/docs/pages";
import { guide } from "../../support/environments/guide";

/** Pages may refer to the environments of a fresh clone, which a user may have removed since. */
const isThere = (path: string): boolean => existsSync(path) || Object.hasOwn(guide, path);

/** A page without its blocks of code. */
const prose = (page: string): string => readFileSync(page, "utf8").replace(/^ *```.*?^ *```$/gms, "");

/** Where headings can be linked to, as GitHub spells it: lower case, spaces as hyphens, no other marks. */
const anchors = (page: string): string[] =>
  [...prose(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, "")
      .replaceAll(" ", "-"),
  );

test.each(allPages)("every link of %s within the project leads somewhere", (page) => {
  const links = [...prose(page).matchAll(/\]\(([^)]+)\)/g)].map(([, link = ""]) => link);
  const dead = links
    .filter((link) => !link.startsWith("https://"))
    .filter((link) => {
      const [path = "", anchor] = link.split("#");
      const target = path === "" ? page : join(dirname(page), path);
      return !isThere(target) || (anchor !== undefined && !anchors(target).includes(anchor));
    });

  expect(dead).toEqual([]);
});

test("every page is on the map", () => {
  const map = readFileSync("docs/README.md", "utf8");
  const pages = allPages.filter((page) =>
    /^docs\/(?:how-to|reference|explanation\/(?!decisions\/0)|(?!README)[^/]+$)/.test(page),
  );

  expect(
    pages.map((page) => page.slice("docs/".length)).filter((page) => !map.includes(`](${page}`)),
  ).toEqual([]);
});

import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { loadProject } from "../../environments/load";
import { pictures } from "../../scripts/diagram/pictures";
import { asHtml } from "../../scripts/review/report/as-html";
import { projectStacks } from "../../scripts/runner/project-stacks";
import { startBrowserOrSkip } from "../support/browser/installed-browser";
import { guide } from "../support/environments/guide";
import { threeReviews } from "../support/review/three-reviews";

const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
let browser: Browser | undefined;
beforeAll(async () => {
  browser = await startBrowserOrSkip();
});
beforeEach(({ skip }) => skip(browser === undefined));
afterAll(() => browser?.close());

interface View {
  readonly colorScheme?: "light" | "dark";
  readonly width?: number;
  readonly javaScriptEnabled?: boolean;
}

/** Look at a page, and count what it asks the network for. */
async function open(html: string, { colorScheme = "light", width = 1_400, javaScriptEnabled = true }: View) {
  const context = await (browser as Browser).newContext({
    // The content security policy of the page would stop what it asks for, and axe-core.
    ...{ colorScheme, javaScriptEnabled, bypassCSP: javaScriptEnabled },
    viewport: { width, height: 900 },
  });
  const page = await context.newPage();
  const requests: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  await page.setContent(html);
  return { page, requests, close: () => context.close() };
}

const isWider = (page: Page): Promise<boolean> =>
  page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth");

/** The rules of axe-core that the page breaks, with the first element of each. */
const violations = (page: Page): Promise<string[]> =>
  page.evaluate(
    "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)} ${nodes[0].failureSummary}`))",
  );

/** What cannot be seen of tables: one is wider than the page and does not scroll by itself, or not as far as its last cell. */
const cutTables = (page: Page): Promise<string[]> =>
  page.evaluate(`[...document.querySelectorAll("table")].flatMap((table) => {
    const scrolls = (element) => ["auto", "scroll"].includes(getComputedStyle(element).overflowX);
    let box = table.parentElement;
    while (box !== null && !scrolls(box)) box = box.parentElement;
    const title = table.closest("[aria-label]")?.getAttribute("aria-label") ?? "a table";
    if (box === null) return [title + " has nothing that scrolls"];
    if (box.getBoundingClientRect().right > innerWidth) return [title + " scrolls in something wider than the page"];
    box.scrollLeft = box.scrollWidth;
    const last = table.rows[0].lastElementChild.getBoundingClientRect().right;
    return last > box.getBoundingClientRect().right + 1 ? [title + " is cut"] : [];
  })`);

/** Behind the shade at the edges of a table, axe-core cannot tell a contrast, and would say nothing. */
const withoutShade = (page: Page): Promise<unknown> =>
  page.addStyleTag({ content: ".scroll { background: none !important; }" });

const unfold = (page: Page): Promise<unknown> =>
  page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })");

const pages = Object.entries(threeReviews()).map(([name, report]) => ({ name, report }));

/** What every page shows besides its report. */
const drawn = (() => {
  const project = loadProject(guide, {});
  return pictures(project.environments, projectStacks(project));
})();

describe.each(pages)("the page of a $name review", ({ report }) => {
  let html: string;
  beforeAll(async () => {
    html = asHtml(report, await drawn);
  });

  test("fits its width, and breaks no rule of axe-core, unfolded, in light and dark", async () => {
    const views = [
      { colorScheme: "light", width: 390 },
      { colorScheme: "dark", width: 390 },
      { colorScheme: "light", width: 1_400 },
      { colorScheme: "dark", width: 1_400 },
    ] as const;
    for (const view of views) {
      const { page, requests, close } = await open(html, view);
      await unfold(page);
      // Colours do not depend on the width: two of the four are enough for axe-core, which is slow.
      const isJudged = (view.colorScheme === "light") === (view.width === 390);
      if (isJudged) {
        await withoutShade(page);
        await page.evaluate(axe);
      }
      const found = isJudged ? await violations(page) : [];

      expect({ ...view, isWider: await isWider(page), found, requests }).toEqual({
        ...{ ...view, isWider: false, found: [], requests: [] },
      });
      await close();
    }
  });

  test.each(["light", "dark"] as const)(
    "scrolls each table by itself on a phone, in %s",
    async (colorScheme) => {
      const { page, close } = await open(html, { colorScheme, width: 390 });
      await unfold(page);

      expect(await page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")).toBe(true);
      expect(await page.locator("table").count()).toBeGreaterThan(0);
      expect(await cutTables(page)).toEqual([]);
      await close();
    },
  );

  test("shows the verdict, folds and unfolds without JavaScript", async () => {
    const { page, close } = await open(html, { javaScriptEnabled: false });
    const part = page.locator("details").last();
    const body = part.locator(".body");

    expect(await page.locator("h1").isVisible()).toBe(true);
    // The style applies, because the policy knows its digest.
    expect((await page.locator(".sheet").boundingBox())?.width).toBe(1_120);
    expect(await body.isVisible()).toBe(false);
    await part.locator("summary").click();
    expect(await body.isVisible()).toBe(true);
    await part.locator("summary").press("Enter");
    expect(await body.isVisible()).toBe(false);
    await close();
  });

  test("prints what is folded", async () => {
    const { page, close } = await open(html, {});
    await page.emulateMedia({ media: "print" });

    const height = await page.locator("details").last().locator(".body").boundingBox();
    expect(height?.height).toBeGreaterThan(10);
    await close();
  });
});

import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, resolve } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startBrowser } from "../support/browser/installed-browser";
import { install, isInstalled } from "../support/installation";

const root = resolve(__dirname, "../..");
const site = join(root, "site");
const built = join(root, "build", "site");

const inCi = process.env["CI"] !== undefined;
const runs = inCi || isInstalled(site);
if (!runs) process.stderr.write("The test of the site needs 256 MB more: npm ci --prefix site\n");

const types: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".woff2": "font/woff2",
};

/** The files, as a static server has them. */
const serve = (folder: string): Server =>
  createServer(({ url = "/" }, response) => {
    const { pathname } = new URL(url, "http://site");
    const file = [pathname, join(pathname, "index.html"), `${pathname}.html`]
      .map((path) => join(folder, decodeURIComponent(path)))
      .find((path) => existsSync(path) && statSync(path).isFile());
    if (file === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream" });
    response.end(readFileSync(file));
  }).listen(0, "127.0.0.1");

/** Pages by their address on the site. */
const pages = readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".md"))
  .map((file) => ({
    path: `/${file.replace(/\.md$/, "").replace(/(^|\/)README$/, "$1")}`,
    text: readFileSync(join(root, "docs", file), "utf8"),
  }));

describe.skipIf(!runs)("the documentation as a site", () => {
  let browser: Browser;
  let server: Server;
  let address: string;

  beforeAll(async () => {
    if (!isInstalled(site)) install(site);
    execFileSync("npm", ["run", "build"], { cwd: site, stdio: ["ignore", "ignore", "pipe"] });
    server = serve(built);
    await new Promise((ready) => server.once("listening", ready));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  /** Open a page, and collect what fails and what comes from elsewhere. */
  async function open(width: number): Promise<{ page: Page; problems: string[] }> {
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    const problems: string[] = [];
    // A slow machine is no problem of the site: only vitest ends a test.
    page.setDefaultTimeout(0);
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("response", (response) => {
      if (!response.ok()) problems.push(`${response.status()} ${response.url()}`);
    });
    page.on("request", (request) => {
      if (!request.url().startsWith(address)) problems.push(request.url());
    });
    return { page, problems };
  }

  /** What cannot be read of a page in a window of this width. */
  async function unreadable(page: Page, width: number): Promise<string[]> {
    await page.setViewportSize({ width, height: 900 });
    const wider = await page.evaluate(
      "document.documentElement.scrollWidth - document.documentElement.clientWidth",
    );
    const scale =
      await page.evaluate(`Math.min(1, ...[...document.querySelectorAll("figure.mermaid svg")].map(
      (svg) => svg.getBoundingClientRect().width / svg.viewBox.baseVal.width))`);
    return [
      ...(wider === 0 ? [] : [`${wider} pixels too wide for ${width}`]),
      ...((scale as number) > 0.69 ? [] : [`a diagram is scaled to ${scale} at ${width} pixels`]),
    ];
  }

  test("every page fits a screen and a phone, and its diagrams can be read", async () => {
    const { page, problems } = await open(1280);
    for (const { path, text } of pages) {
      await page.goto(address + path, { waitUntil: "domcontentloaded" });
      const diagrams = text.match(/^```mermaid$/gm)?.length ?? 0;
      if (diagrams > 0)
        await page
          .locator("figure.mermaid svg")
          .nth(diagrams - 1)
          .waitFor();
      for (const width of [1280, 390])
        problems.push(...(await unreadable(page, width)).map((problem) => `${path}: ${problem}`));
    }
    await page.close();

    expect(problems).toEqual([]);
  });

  test.each([1280, 390])("the search finds a page at %i pixels, and asks no server", async (width) => {
    const { page, problems } = await open(width);
    await page.goto(address);
    await page.locator("#local-search button").click();
    await page.locator(".VPLocalSearchBox input").fill("lifecycle policy does not delete");
    const title = "A lifecycle policy does not delete images";
    const first = page.locator(".VPLocalSearchBox li:first-child .result", { hasText: title });
    await first.waitFor();
    await first.click();
    await page.waitForURL(/\/how-to\/troubleshooting\.html#a-lifecycle-policy-does-not-delete-images$/);
    expect(problems).toEqual([]);
    await page.close();
  });
});

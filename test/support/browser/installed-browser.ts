import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

/** Names of Chromium in the packages of distributions. */
const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/** An installed browser, e.g. of Debian's package. */
function installed(): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync);
}

/**
 * A browser without a window: an installed one, or else the one that comes with the package `@sparticuz/chromium`, which
 * is for Linux on x64.
 *
 * @throws Error if neither starts
 */
export async function startBrowser(): Promise<Browser> {
  const path = installed();
  // Without a sandbox, because it only shows pages that the tests have written, and may run as root in a container.
  if (path !== undefined) return chromium.launch({ executablePath: path, args: ["--no-sandbox"] });
  if (process.platform !== "linux" || process.arch !== "x64")
    throw new Error(`no Chromium: install it so that one of these is on the PATH: ${names.join(", ")}`);
  const { default: bundled } = await import("@sparticuz/chromium");
  return chromium.launch({ executablePath: await bundled.executablePath(), args: ["--no-sandbox"] });
}

/** Start a browser. If there is none, say so in one line; with `CI=true`, fail instead. */
export async function startBrowserOrSkip(): Promise<Browser | undefined> {
  try {
    return await startBrowser();
  } catch (error) {
    if (process.env["CI"] === "true") throw error;
    const [reason] = (error instanceof Error ? error.message : String(error)).split("\n");
    process.stderr.write(`Skipped, because no browser starts here: ${reason}\n`);
    return undefined;
  }
}

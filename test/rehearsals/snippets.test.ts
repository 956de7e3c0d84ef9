import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import { allPages } from "../support/docs/pages";

const root = resolve(__dirname, "../..");
/** In the project, so that the code finds its packages. */
const folder = join(root, "build", "snippets");

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Code of apps on any page. That of the library's page is compiled with the package. */
const apps = allPages
  .filter((page) => page !== "docs/how-to/library.md")
  .flatMap((page) =>
    [...readFileSync(page, "utf8").matchAll(/^ *```ts\n(.*?)^ *```$/gms)]
      .map(([, code = ""]) => ({ page, code }))
      .filter(({ code }) => /^import .*"(?:@cdktf|cdktf)/m.test(code)),
  );

test("the code of every page compiles", () => {
  mkdirSync(folder, { recursive: true });
  for (const [index, { page, code }] of apps.entries())
    writeFileSync(
      join(folder, `${page.replace(/\W/g, "-")}-${index}.ts`),
      code.replaceAll('"./modules/', '"../../modules/'),
    );
  const options = { extends: "../../tsconfig.json", include: ["*.ts"], exclude: [] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(options));
  const { stdout, status } = spawnSync(join(root, "node_modules", ".bin", "tsc"), ["-p", folder], {
    encoding: "utf8",
  });

  expect(apps.length).toBeGreaterThan(3);
  expect(stdout).toBe("");
  expect(status).toBe(0);
});

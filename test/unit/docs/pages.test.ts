import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { allPages } from "../../support/docs/pages";

test.each(allPages)("no table of %s is wider than 160 characters", (page) => {
  const wide = readFileSync(page, "utf8")
    .split("\n")
    .filter((line) => line.startsWith("|") && line.length > 160);

  expect(wide).toEqual([]);
});

test("the prose linter reads every page", () => {
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8"));
  const patterns = [...scripts.prose.matchAll(/"([^"]+)"/g)].map(
    ([, glob = ""]) =>
      new RegExp(`^${glob.replaceAll(".", "\\.").replace("**/", "(?:.+/)?").replace("*", "[^/]+")}$`),
  );

  expect(allPages.filter((page) => !patterns.some((pattern) => pattern.test(page)))).toEqual([]);
});

const sources = ["environments", "layers", "modules", "scripts", "start"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.[cm]?[jt]s$/.test(file))
    .map((file) => ({ file: join(folder, file), text: readFileSync(join(folder, file), "utf8") })),
);

test("every page that the code names is there, with the section that it names", () => {
  const lost = sources.flatMap(({ file, text }) =>
    [...text.matchAll(/(?:"([^"\n]+)" in )?(docs\/[\w/.-]+\.md)/g)]
      .filter(([, heading, page = ""]) => {
        if (!existsSync(page)) return true;
        return (
          heading !== undefined &&
          !new RegExp(`^#+ (?:\\d+\\. )?${heading}$`, "m").test(readFileSync(page, "utf8"))
        );
      })
      .map(([reference]) => `${file}: ${reference}`),
  );

  expect(lost).toEqual([]);
});

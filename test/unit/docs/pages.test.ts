import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { allPages } from "../../support/docs/pages";
import { filesIn } from "../../support/files-in";

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
  filesIn(folder)
    .filter((file) => /\.[cm]?[jt]s$/.test(file))
    .map((file) => ({ file, text: readFileSync(file, "utf8") })),
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

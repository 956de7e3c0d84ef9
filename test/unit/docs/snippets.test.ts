import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { excerptProblems, optionNodes } from "../../support/docs/option-nodes";
import { docsPages } from "../../support/docs/pages";

interface Snippet {
  readonly page: string;
  readonly line: number;
  readonly code: string;
}

/** Blocks of code in a language, wherever they are indented to. */
const snippetsIn = (language: string): Snippet[] =>
  docsPages.flatMap((page) => {
    const text = readFileSync(page, "utf8");
    return [...text.matchAll(new RegExp(`^ *\`\`\`${language}\n(.*?)^ *\`\`\`$`, "gms"))].map(
      ({ index, 1: code = "" }) => ({ page, line: text.slice(0, index).split("\n").length, code }),
    );
  });

/** Code of an app, not of an environment file. Another test compiles it. */
const isApp = ({ code }: Snippet): boolean => /^import .*"(?:@cdktf|cdktf|ecr-platform)/m.test(code);

/** The tutorial shows two mistakes, and a test of `npm run try` makes them. */
const isMistake = ({ code }: Snippet): boolean => code.includes("INMUTABLE");

/** The options that environments share, which another test reads as a whole. */
const isShared = ({ code }: Snippet): boolean => /satisfies|\.\.\.company/.test(code);

/** What an excerpt of an environment file says, as an object. */
function excerpt(code: string): unknown {
  const [, whole] = /defineEnvironment\((\{.*\})\)/s.exec(code) ?? [];
  const entries = code.replace(/^import .*$/gm, "");
  return runInNewContext(`(${whole ?? `{${entries}}`})`, { shopLive: {} });
}

const excerpts = snippetsIn("ts").filter((one) => !isApp(one) && !isMistake(one) && !isShared(one));
const nodes = optionNodes();

/** The problems at the place of a file where the excerpt has the fewest. */
const problemsOf = (value: unknown): string[] =>
  nodes
    .map((node) => excerptProblems(node, value))
    .reduce((best, problems) => (problems.length < best.length ? problems : best));

test("excerpts of environment files are found", () => {
  expect(excerpts.length).toBeGreaterThan(50);
});

test.each([
  "ecr: { repositories: { a: { maxImagesCount: 5 } } }",
  'ecs: { services: { a: { image: { repository: "a", tag: "v1" }, port: "80" } } }',
  '"a": { image: { repository: "a", tag: "v1" }, prot: 80 }',
  '"web-app": { imageTagMutability: "INMUTABLE", maxImageCount: 5 }',
  'network: { kind: "own", natGateways: "one" }',
  "maxImageCount: 0",
])("a wrong excerpt is refused: %s", (code) => {
  expect(problemsOf(excerpt(code))).not.toEqual([]);
});

test.each(excerpts)("the options take the excerpt of $page, line $line", ({ code }) => {
  expect(problemsOf(excerpt(code))).toEqual([]);
});

/** A value, or entries of an object. */
const parsedJson = (code: string): unknown => JSON.parse(/^\s*[[{]/.test(code) ? code : `{${code}}`);

test.each(snippetsIn("json"))("the JSON of $page, line $line, is JSON", ({ code }) => {
  expect(() => parsedJson(code)).not.toThrow();
});

/** How to call a workflow, as the comment at its beginning says. */
const usageIn = (file: string): string =>
  (/^(?:#.*\n)+/.exec(readFileSync(file, "utf8"))?.[0] ?? "")
    .split("\n")
    .filter((line) => line.startsWith("#   "))
    .map((line) => `${line.slice("#   ".length)}\n`)
    .join("");

test.each([".github/workflows/build-and-push.yml", "ci/gitlab/build-and-push.yml"])(
  "the page of pipelines calls %s as its comment does",
  (file) => {
    const shown = snippetsIn("yaml").filter(({ page }) => page === "docs/how-to/pipelines.md");
    expect(shown.map(({ code }) => code)).toContain(usageIn(file));
  },
);

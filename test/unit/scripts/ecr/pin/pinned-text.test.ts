import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { pinnedText } from "../../../../../scripts/ecr/pin/pinned-text";

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const path = (service: string) => ["ecs", "services", service, "image"];
const file = (services: string, before = "") =>
  `${before}export const dev = defineEnvironment({\n  // what runs\n  ecs: { services: {\n${services}\n  } },\n});\n`;

describe("a digest", () => {
  test.each([
    ["a tag", 'tag: "v1"'],
    ["another digest", `digest: "${digest("b")}"`],
    ["awaitsFirstPush", "awaitsFirstPush: true"],
    ["a quoted property", '"tag": `v${1}`'],
  ])("takes the place of %s, and nothing else changes", (_, written) => {
    const service = (reference: string) =>
      `    web: { image: { repository: "web", /* which */ ${reference}, }, cpu:256 }, // odd   spaces`;

    const { text, unplaced } = pinnedText(file(service(written)), [
      { path: path("web"), digest: digest("a") },
    ]);

    expect(unplaced).toEqual([]);
    expect(text).toBe(file(service(`digest: "${digest("a")}"`)));
  });

  test("is written once where consumers share a constant", () => {
    const before = 'const image = { repository: "web", tag: "v1" } as const;\n';
    const source = file("    web: { image }, worker: { image },", before);

    const both = ["web", "worker"].map((name) => ({ path: path(name), digest: digest("a") }));

    expect(pinnedText(source, both)).toEqual({
      text: source.replace('tag: "v1"', `digest: "${digest("a")}"`),
      unplaced: [],
    });
  });

  test("that contradicts another for the same constant has no place", () => {
    const source = file(
      "    web: { image }, worker: { image },",
      'const image = { repository: "web", tag: "v1" };\n',
    );
    const pins = [
      { path: path("web"), digest: digest("a") },
      { path: path("worker"), digest: digest("b") },
    ];

    expect(pinnedText(source, pins).unplaced).toEqual([pins[1]]);
  });

  test.each([
    ["a function makes the image", "    web: { image: imageOf('web') },"],
    ["the consumer is spread from a function", "    ...services(),"],
    [
      "two properties say which image runs",
      '    web: { image: { repository: "web", tag: "v1", digest: "x" } },',
    ],
    ["no property says it", '    web: { image: { repository: "web" } },'],
  ])("has no place where %s, and the text stays", (_, services) => {
    const pin = { path: path("web"), digest: digest("a") };
    const source = file(services);

    expect(pinnedText(source, [pin])).toEqual({ text: source, unplaced: [pin] });
  });

  test.each([
    ["before the image's own", '{ ...base, tag: "v2" }'],
    ["behind it", '{ tag: "v2", ...base }'],
  ])("has no place where a constant with a tag is spread %s", (_, image) => {
    const before = 'const base = { repository: "web", tag: "v1" };\n';
    const pin = { path: path("web"), digest: digest("a") };

    expect(pinnedText(file(`    web: { image: ${image} },`, before), [pin]).unplaced).toEqual([pin]);
  });

  test("keeps the ends of lines of Windows, and a byte order mark", () => {
    const source = `\uFEFF${file('    web: { image: { repository: "web", tag: "v1" } },').replaceAll("\n", "\r\n")}`;

    expect(pinnedText(source, [{ path: path("web"), digest: digest("a") }])).toEqual({
      text: source.replace('tag: "v1"', `digest: "${digest("a")}"`),
      unplaced: [],
    });
  });

  test("has no place in a file without an environment", () => {
    const pin = { path: path("web"), digest: digest("a") };

    expect(pinnedText("export const x = 1;\n", [pin])).toEqual({
      text: "export const x = 1;\n",
      unplaced: [pin],
    });
  });
});

test("every image of the guide's production environment can be pinned", () => {
  const source = readFileSync(join(__dirname, "../../../../support/environments/guide-prod.ts"), "utf8");
  const pins = [
    ["ecs", "services", "web-app", "image"],
    ["lambda", "functions", "lambda-processor", "image"],
  ].map((one) => ({ path: one, digest: digest("c") }));

  const { text, unplaced } = pinnedText(source, pins);

  expect(unplaced).toEqual([]);
  expect(text.split(digest("c"))).toHaveLength(3);
});

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { environmentText } from "../../../../scripts/adopt/environment-text";
import { runs } from "../../../support/property-runs";

const name = fc.oneof(
  fc.constantFrom("web-app", "api", "_x", "$", "1app", "12", "a b", "ünï", "constructor", "__proto__"),
  fc.string({ minLength: 1, maxLength: 60 }),
);

const text = fc.oneof(
  fc.constantFrom('say "x"', "it's", `"a" 'b'`, "${x}", "line\nbreak", "\\d", "`", "\u2028"),
  fc.string({ maxLength: 130 }),
);

const scalar = fc.oneof(text, fc.integer({ min: 0, max: 1e9 }), fc.boolean(), fc.constant(null));

const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    scalar,
    fc.array(fc.oneof(text, tie("object")), { maxLength: 5 }),
    tie("object"),
  ),
  object: fc.dictionary(name, tie("value"), { maxKeys: 4 }),
}));

const environment = (repositories: unknown) =>
  ({
    ...{ name: "dev", project: "shop", accountId: "111122223333", region: "eu-west-1", tier: "development" },
    state: { backend: "local" },
    ecr: { repositories, lifecyclePolicy: '{"rules":[{"rulePriority":1,"selection":{"tagStatus":"any"}}]}' },
  }) as never;

/** The object that a file defines. */
function defined(source: string): { ecr: { repositories: unknown; lifecyclePolicy: string } } {
  const body = source.replace(/^import .*$/m, "").replace("export const dev = defineEnvironment", "return ");
  return Function(body)();
}

const plain = (given: unknown): unknown => JSON.parse(JSON.stringify(given));

describe("a written environment", () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "adopt-text-"));
    const {
      vcs: _,
      files: __,
      $schema: ___,
      linter: ____,
      ...settings
    } = JSON.parse(readFileSync("biome.json", "utf8"));
    writeFileSync(join(folder, "biome.json"), JSON.stringify({ ...settings, linter: { enabled: false } }));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("it says what it was given, and Biome changes nothing", () => {
    const samples = fc.sample(fc.dictionary(name, value, { maxKeys: 4 }), runs(500));
    const written = samples.map((repositories, index) => {
      const source = environmentText(environment(repositories), "dev");
      const path = join(folder, `${index}.ts`);
      writeFileSync(path, source);
      return { repositories, source, path };
    });

    execFileSync(join(process.cwd(), "node_modules/.bin/biome"), ["format", "--write", "."], { cwd: folder });

    const wrong = written.filter(({ repositories, source }) => {
      const { ecr } = defined(source);
      return JSON.stringify(plain(ecr.repositories)) !== JSON.stringify(plain(repositories));
    });
    const changed = written.filter(({ source, path }) => readFileSync(path, "utf8") !== source);
    expect(wrong).toEqual([]);
    const [first] = changed.map(({ source, path }) => ({ source, biome: readFileSync(path, "utf8") }));
    expect(first?.source).toBe(first?.biome);
  });
});

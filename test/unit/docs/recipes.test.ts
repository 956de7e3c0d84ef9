import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { filesIn } from "../../support/files-in";

/** Something that exists, with which a recipe is followed. */
interface Sample {
  /** What the placeholders in the recipe stand for. */
  readonly placeholders?: Readonly<Record<string, string>>;
  /** Matches every source file that takes part in it. */
  readonly named: RegExp;
  /** Matches files that have something else of the same name. */
  readonly namesake?: RegExp;
}

const samples: Readonly<Record<string, Sample>> = {
  // Where code defines, reads or passes it; messages also mention it.
  "An option of a repository": {
    named: /(?:[.{,(]|\breadonly|^) *forceDelete\b/m,
    namesake: /\/public(?:-repositor(?:y|ies))?[/.]/,
  },
  "A rule on one file": { placeholders: { topic: "secrets" }, named: /\bsecretRules\b/ },
  "A rule across files": { placeholders: { topic: "network-overlap" }, named: /\boverlappingNetworks\b/ },
  "A production rule": { named: /"no-force-delete"/ },
  "A warning": { named: /"organization-without-lambda"/ },
  "An output for users": { named: /\becr_registry_ids\b/ },
  "An output for another layer": {
    placeholders: { layer: "network", reader: "compute/ecs-load-balancers" },
    named: /\bpublic_subnet_ids\b/,
  },
  "A kind of consumer": {
    placeholders: { kind: "lambda" },
    named: /\blambdaRolesContract\b|from "[^"]*\/lambda(?:-roles)?"/,
    namesake: /\/ecr\/running\//,
  },
  // In paths of problems, ["network", …] is the section of the environment file.
  "A layer": {
    placeholders: { layer: "network" },
    named: /\bNetworkLayer\b|\bnetworkContract\b|(?<!\[)"network"|^ {2}network: \(/m,
    // What doctor checks of the network.
    namesake: /\/ecr\/doctor/,
  },
};

/** A row of a recipe. */
interface Row {
  readonly path: string;
  readonly when: string;
}

/** Every source file, by path. */
const sources = new Map(
  ["environments", "layers", "modules", "scripts", "emulator", "bench"]
    .flatMap(filesIn)
    .filter((file) => file.endsWith(".ts"))
    .concat("app.ts", "main.ts")
    .map((file) => [file, readFileSync(file, "utf8")]),
);

/** The recipes of CONTRIBUTING.md: text by heading. */
const recipes = new Map(
  readFileSync("CONTRIBUTING.md", "utf8")
    .replace(/^.*<!-- recipes -->/s, "")
    .split(/^### /m)
    .slice(1)
    .map((recipe): [string, string] => [recipe.split("\n")[0] ?? "", recipe]),
);

const rowsOf = (recipe: string): Row[] =>
  [...recipe.matchAll(/^\| `([^`]+)` +\| ([^|]+?) +\|/gm)].map(([, path = "", when = ""]) => ({
    path,
    when,
  }));

/** The source files that a path of a recipe means: a placeholder stands for the sample's name, `*` for any text. */
function filesAt(path: string, { placeholders = {} }: Sample): string[] {
  const filled = path.replace(/<(\w+)>/g, (_, name: string) => placeholders[name] ?? `<${name}>`);
  const pattern = new RegExp(`^${filled.replace(/[.]/g, "\\.").replaceAll("*", "[^/]*")}$`);
  return [...sources.keys()].filter((file) => pattern.test(file));
}

const cases = Object.entries(samples).map(([heading, sample]) => {
  const recipe = recipes.get(heading) ?? "";
  return { heading, sample, recipe, rows: rowsOf(recipe) };
});

test("every recipe has a sample", () => {
  expect(Object.keys(samples)).toEqual([...recipes.keys()]);
});

test.each(cases)("$heading: every file exists for the sample", ({ rows, sample }) => {
  const missing = rows.filter(({ path }) => filesAt(path, sample).length === 0);

  expect(rows.length).toBeGreaterThan(0);
  expect(missing).toEqual([]);
});

test.each(cases)("$heading: no other source file takes part in the sample", ({ rows, sample }) => {
  const listed = rows.flatMap(({ path }) => filesAt(path, sample));
  const taking = [...sources].filter(([, text]) => sample.named.test(text)).map(([file]) => file);
  const others = taking.filter((file) => !sample.namesake?.test(file));

  expect(others.filter((file) => !listed.includes(file))).toEqual([]);
});

test.each(cases)("$heading: every file that always changes takes part in the sample", ({ rows, sample }) => {
  const always = rows.filter(({ when }) => when === "always").flatMap(({ path }) => filesAt(path, sample));

  expect(always.filter((file) => !sample.named.test(sources.get(file) ?? ""))).toEqual([]);
});

test.each(cases)("$heading: the existing files are counted", ({ recipe, rows }) => {
  const [, always, others = 0] =
    /^Existing files: (\d+)(?:, in some cases (\d+) more)?\./m.exec(recipe) ?? [];

  expect({ always: Number(always), others: Number(others) }).toEqual({
    always: rows.filter(({ when }) => when === "always").length,
    others: rows.filter(({ when }) => when.startsWith("if ")).length,
  });
});

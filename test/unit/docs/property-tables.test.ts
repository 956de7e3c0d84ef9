import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

/** The properties of a construct: whether a caller must give each of them. */
type Properties = Readonly<Record<string, "required" | "optional">>;

/** A table of properties, in the section of a page that is named after a construct. */
interface Table {
  readonly page: string;
  readonly construct: string;
  /** File that the section links to first. */
  readonly source: string;
  readonly properties: Properties;
}

const files = readdirSync("modules", { recursive: true, encoding: "utf8" }).map((file) =>
  join("modules", file),
);

/** Every interface in modules/, by name: its members as written, and the interfaces that it extends. */
const interfaces = new Map(
  files
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) => [
      ...readFileSync(file, "utf8").matchAll(
        /^(?:export )?interface (\w+)(?: extends ([^{]+))? \{\n(.*?)^\}/gms,
      ),
    ])
    .map(([, name = "", bases = "", members = ""]) => [name, { bases: bases.split(", "), members }]),
);

const tables = files.filter((file) => file.endsWith("README.md")).flatMap(tablesOf);

function tablesOf(page: string): Table[] {
  const sections = readFileSync(page, "utf8").split(/^## /m).slice(1);
  return sections.flatMap((section) => {
    const table = /^\| Property .*\n(?:\|.*\n)+/m.exec(section)?.[0];
    const [, construct = "", link = ""] = /^(\w+)\n.*?\]\(([^)]+\.ts)\)/s.exec(section) ?? [];
    return table === undefined
      ? []
      : [{ page, construct, source: join(dirname(page), link), properties: propertiesOf(table) }];
  });
}

/** A table without a column for defaults lists required properties only. A row may name several properties. */
function propertiesOf(table: string): Properties {
  const [head = "", , ...rows] = table.trim().split("\n");
  const hasDefaults = head.includes("| Default ");
  return Object.fromEntries(
    rows.flatMap((row) => {
      const [, names = "", , value = ""] = row.split(/(?<!\\)\|/);
      const optional = hasDefaults && !value.includes("**required**");
      return [...names.matchAll(/`(\w+)`/g)].map(([, name = ""]) => [
        name,
        optional ? "optional" : "required",
      ]);
    }),
  );
}

/** The members of an interface and of those that it extends. @throws Error on a member that is not a readonly property */
function membersOf(name: string): Properties {
  const found = interfaces.get(name);
  if (found === undefined) throw new Error(`modules/ has no interface ${name}`);
  const lines = found.members.split("\n").filter((line) => /^ {2}[^\s/*}]/.test(line));
  const own = lines.map((line): [string, Properties[string]] => {
    const [, member = "", mark] = /^ {2}readonly (\w+)(\??): /.exec(line) ?? [];
    if (member === "") throw new Error(`${name}: this is not a readonly property: ${line.trim()}`);
    return [member, mark === "?" ? "optional" : "required"];
  });
  const inherited = found.bases.filter((base) => base !== "").map((base) => membersOf(base.trim()));
  return Object.assign({}, ...inherited, Object.fromEntries(own));
}

test("the tables are found", () => {
  expect(tables.map(({ construct }) => construct)).toEqual(
    expect.arrayContaining(["EcrModule", "FargateServiceModule", "VpcEndpointsModule"]),
  );
});

test.each(tables)(
  "the table of $construct in $page is beside a link to its file",
  ({ construct, source }) => {
    expect(readFileSync(source, "utf8")).toMatch(new RegExp(`^export class ${construct}\\b`, "m"));
  },
);

test.each(tables)(
  "the table of $construct in $page has every property and marks the required ones",
  ({ construct, properties }) => {
    expect(properties).toEqual(membersOf(`${construct}Props`));
  },
);

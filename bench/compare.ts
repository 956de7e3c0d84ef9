import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compare, compareCommands, type Program } from "./measure";
import { benchmarksPage, commandsTable, type Row, sizesTable } from "./report";

/** `npm run bench`: measure synth against a bare CDKTF program, side by side, and write docs/benchmarks.md. */
const sizes = [10, 100, 1_000, 10_000];
const build = join(__dirname, "..");
const outdirs = mkdtempSync(join(tmpdir(), "bench-"));

try {
  const rows = sizes.map(measureSize);
  process.stdout.write(`${commandsTable(rows)}\n\n${sizesTable(rows)}\n`);
  // npm runs scripts in the directory of package.json, to which the path is relative.
  writeFileSync("docs/benchmarks.md", benchmarksPage(rows));
} finally {
  rmSync(outdirs, { recursive: true });
}

function measureSize(repositories: number): Row {
  process.stderr.write(`measuring ${repositories} repositories\n`);
  const outdirOf = (program: string) => join(outdirs, `${program}-${repositories}`);
  const program = (name: string): Program => ({
    args: [join(build, "bench", `${name}.js`), String(repositories), outdirOf(name)],
  });
  const comparison = compare(program("ours"), program("bare"), () =>
    execFileSync(process.execPath, [
      join(build, "bench", "same-output.js"),
      outdirOf("ours"),
      outdirOf("bare"),
    ]),
  );
  const typeCheck = "node node_modules/typescript/bin/tsc -p tsconfig.build.json";
  const commands = compareCommands(
    `node run.cjs bench/ours ${repositories} ${outdirOf("ours")}`,
    `${typeCheck} && node build/bench/bare.js ${repositories} ${outdirOf("bare")}`,
  );
  return { repositories, ...comparison, commands };
}

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { measureSize, warmCaches } from "./comparisons";
import { installAwsCdk } from "./programs";
import { benchmarksPage, type Results } from "./report";

/**
 * `npm run bench`: measure synth against two bare CDKTF programs and the AWS CDK, and write docs/explanation/benchmarks.md.
 *
 * `npm run bench -- --sizes 10,100 --rounds 1` prints the page for some sizes and writes nothing.
 */
const { values } = parseArgs({
  options: { sizes: { type: "string" }, rounds: { type: "string", default: "5" } },
});
const sizes = (values.sizes ?? "10,100,1000,10000").split(",").map(Number);
const rounds = Number(values.rounds);
if (sizes.some((size) => !(size > 0))) throw new Error(`--sizes ${values.sizes}: use e.g. 10,100`);
if (rounds % 2 !== 1)
  throw new Error(`--rounds ${values.rounds}: use an odd number, so that one run is the median`);

const awsCdkVersion = installAwsCdk();
const outdirs = mkdtempSync(join(tmpdir(), "bench-"));
try {
  warmCaches(outdirs);
  const bySize = sizes.map((size) => {
    process.stderr.write(`measuring ${size} repositories\n`);
    const measured = measureSize(size, rounds, outdirs);
    // What is measured so far, should a larger size fail.
    process.stderr.write(`${JSON.stringify(measured)}\n`);
    return measured;
  });
  const page = benchmarksPage({ setting: setting(), rounds, awsCdkVersion, bySize } satisfies Results);
  process.stdout.write(page);
  // npm runs scripts in the folder of package.json, to which the path is relative.
  if (values.sizes === undefined) writeFileSync("docs/explanation/benchmarks.md", page);
} finally {
  rmSync(outdirs, { recursive: true });
}

function setting(): string {
  const [{ model } = { model: "unknown" }, ...otherCores] = cpus();
  const date = new Date().toISOString().slice(0, 10);
  return `${date}, Node.js ${process.version}, ${process.platform} ${process.arch}, ${model.trim()}, ${1 + otherCores.length} cores`;
}

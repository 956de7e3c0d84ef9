import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { canonicalStack } from "./canonical-stack";

/**
 * `node build/bench/same-output.js <output folder>...`: fail unless all contain the same stacks with the same content. Comparing the times of programs with different output would be meaningless.
 *
 * This is a separate program so that the benchmark itself stays small: with 10,000 repositories, these files take
 * hundreds of MiB, and collecting them would use CPU while programs are measured.
 */
const [first = "", ...others] = process.argv.slice(2);
if (others.length === 0) throw new Error("usage: same-output.js <folder> <folder>...");
for (const other of others) requireSame(first, other);

function requireSame(a: string, b: string): void {
  const [stacksA, stacksB] = [a, b].map((outdir) => readdirSync(join(outdir, "stacks")).toSorted());
  if (String(stacksA) !== String(stacksB))
    throw new Error(`the programs wrote different stacks: ${stacksA} and ${stacksB}`);

  for (const stack of stacksA ?? []) {
    const [linesA = [], linesB = []] = [a, b].map((outdir) =>
      canonicalStack(JSON.parse(readFileSync(join(outdir, "stacks", stack, "cdk.tf.json"), "utf8"))),
    );
    const longer = linesA.length < linesB.length ? linesB : linesA;
    const differing = longer.findIndex((_, index) => linesA[index] !== linesB[index]);
    if (differing >= 0)
      throw new Error(
        [
          `the programs wrote ${linesA.length} and ${linesB.length} blocks for the stack ${stack}; the first difference:`,
          linesA[differing] ?? "(none)",
          linesB[differing] ?? "(none)",
        ].join("\n"),
      );
  }
}

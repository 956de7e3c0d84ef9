import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { declaredInCloudFormation, declaredInTerraform } from "./declared-repositories";

/**
 * `node build/bench/same-repositories.js <output folder>...`: fail unless all contain the same repositories with the same
 * lifecycle policies, each folder written by CDKTF or by the AWS CDK.
 */
const [first = "", ...others] = process.argv.slice(2);
if (others.length === 0) throw new Error("usage: same-repositories.js <folder> <folder>...");

const expected = declaredIn(first);
for (const folder of others) {
  const found = declaredIn(folder);
  const longer = expected.length < found.length ? found : expected;
  const differing = longer.findIndex((_, index) => expected[index] !== found[index]);
  if (differing >= 0)
    throw new Error(
      [
        `the programs wrote ${expected.length} and ${found.length} repositories; the first difference:`,
        expected[differing] ?? "(none)",
        found[differing] ?? "(none)",
      ].join("\n"),
    );
}

function declaredIn(folder: string): string[] {
  const lines = readdirSync(folder, { recursive: true, encoding: "utf8" }).flatMap((path) => {
    const read = () => JSON.parse(readFileSync(join(folder, path), "utf8"));
    if (path.endsWith("cdk.tf.json")) return declaredInTerraform(read());
    return path.endsWith(".template.json") ? declaredInCloudFormation(read()) : [];
  });
  return lines.toSorted();
}

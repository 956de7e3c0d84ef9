import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { definitions } from "../environments/all";
import { computeStack } from "../layers/compute/compute-layer";
import { parseSynthArguments } from "./runner/arguments";

const { strict = false } = parseSynthArguments(process.argv);
for (const environment of Object.values(definitions)) {
  const folder = join(process.env["CDKTF_OUTDIR"] ?? "cdktf.out", "stacks", `compute-${environment.name}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify({ ...computeStack(environment), strict }));
  process.stdout.write(`${folder}\n`);
}

import "./completion";
import { relative } from "node:path";
import Table from "cli-table3";
import { definitions } from "../environments/all";
import { loadEnvironments } from "../environments/load";
import { warningsOf } from "../environments/warnings";
import { run } from "./command";
import { synthesize } from "./synthesis";

/** `npm run synth`: write the Terraform JSON of every stack and say what was written. */
run(() => {
  const stacks = synthesize();
  const table = new Table({
    head: ["stack", "resources", "Terraform JSON"],
    colAligns: ["left", "right", "left"],
    style: { head: [], border: [] },
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
  });
  for (const { name, resources, directory } of stacks)
    table.push([name, resources, `${relative(process.cwd(), directory)}/cdk.tf.json`]);
  process.stdout.write(`${table.toString()}\n`);
  for (const warning of warningsOf(loadEnvironments(definitions)))
    process.stderr.write(`Warning: ${warning}\n`);
  return 0;
});

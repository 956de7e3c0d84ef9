import "../exit-guard";
import { relative } from "node:path";
import Table from "cli-table3";
import { providerVersionIn } from "../environments/plan/provider-version";
import { warningsOf } from "../environments/warnings/warnings";
import { listedProject } from "./environment-files/listed-project";
import { parseSynthArguments } from "./runner/arguments";
import { CommandError, run } from "./runner/command";
import { synthesize } from "./runner/synthesis";

/**
 * `npm run synth`: write the Terraform JSON of every stack, list what was written, and print warnings. With `--strict`,
 * any warning is a failure.
 */
run(() => {
  const { strict } = parseSynthArguments(process.argv);
  const project = listedProject();
  const stacks = synthesize(project);
  const table = new Table({
    head: ["stack", "resources", "Terraform JSON"],
    colAligns: ["left", "right", "left"],
    style: { head: [], border: [] },
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
  });
  for (const { name, resources, directory } of stacks)
    table.push([name, resources, `${relative(process.cwd(), directory)}/cdk.tf.json`]);
  process.stdout.write(`${table.toString()}\n`);
  const warnings = warningsOf(project.environments, providerVersionIn(project.context));
  for (const warning of warnings) process.stderr.write(`Warning: ${warning}\n`);
  if (!strict || warnings.length === 0) return 0;
  throw new CommandError(
    warnings.length === 1
      ? "1 warning, and --strict treats warnings as errors; fix it, or accept it with a reason in acceptedWarnings."
      : `${warnings.length} warnings, and --strict treats warnings as errors; fix them, or accept them with a reason in acceptedWarnings.`,
  );
});

import "../exit-guard";
import { listedProject } from "./environment-files/listed-project";
import { writeImports } from "./imports/existing-resources";
import { parseImportArguments } from "./runner/arguments";
import { run } from "./runner/command";
import { importFile } from "./runner/import-file";
import { commandLine } from "./runner/in-order";
import { environmentNamed, selected } from "./runner/selection";
import { synthesizedStacks } from "./runner/stack";
import { synthesize } from "./runner/synthesis";
import { heldElsewhere } from "./shards/held-elsewhere";
import { moveCommand } from "./states/listing";

/**
 * `npm run imports -- <environment>`: write import blocks for resources that exist but are not in the state, because
 * Terraform was killed, or because ECR has created a replica. The next deploy imports them. Changes nothing in AWS or in a
 * state.
 */
run(async () => {
  const args = parseImportArguments(process.argv);
  const project = listedProject();
  const environment = environmentNamed(args.environment, project.environments);
  const stacks = synthesizedStacks(selected("import", environment, args.layers), synthesize(project));
  const moves = await heldElsewhere(stacks);
  let found = 0;
  let exitCode = 0;
  for (const stack of stacks) {
    const elsewhere = moves.filter(({ to }) => to === stack.stack);
    const { existing, unchangeable, ambiguous, unknown } = await writeImports(
      stack,
      new Set(elsewhere.map(({ address }) => address)),
    );
    found += existing.length;
    process.stdout.write(`${stack.stack}: ${existing.length} to import\n`);
    for (const address of existing) process.stdout.write(`  ${address}\n`);
    if (existing.length > 0) process.stdout.write(`  written to ${importFile(stack.directory)}\n`);
    if (unchangeable.size > 0) {
      exitCode = 1;
      process.stderr.write(
        `${stack.stack}: these exist, but cannot become what the stack declares: Terraform would delete them with their content and create new ones. They are not imported; ${stack.layer === "replicas" ? 'see "Replicas that exist already" in docs/how-to/replication.md' : "delete them yourself if no one needs them"}.\n`,
      );
    }
    for (const [address, reasons] of unchangeable)
      process.stderr.write(`  ${[address, ...reasons].join(": ")}\n`);
    if (ambiguous.size > 0)
      process.stderr.write(`${stack.stack}: not in the state, and AWS has not exactly one that fits:\n`);
    for (const [address, ids] of ambiguous)
      process.stderr.write(`  ${address}: ${ids.length === 0 ? "none" : ids.join(", ")}\n`);
    for (const { address, from } of elsewhere)
      process.stderr.write(`${stack.stack}: in the state of ${from}: ${address}\n`);
    if (unknown.length > 0)
      process.stderr.write(`${stack.stack}: not in the state, and not checked: ${unknown.join(", ")}\n`);
  }
  if (moves.length > 0) {
    exitCode = 1;
    process.stderr.write(
      `These are in the states of other stacks, which would destroy them after an import. Move them: ${moveCommand(environment.name)} --apply\n`,
    );
  }
  if (found > 0)
    process.stdout.write(`To import them: ${commandLine("deploy", environment.name, args.layers)}\n`);
  return exitCode;
});

import "../exit-guard";
import { Command } from "commander";
import { exportCommand } from "./registry/export";
import { moveCommand } from "./registry/move";
import { parseCommands } from "./runner/arguments";
import { run } from "./runner/command";

/** `npm run registry -- <command>`: share a registry with other projects. */
run(async () => {
  const program = new Command("registry").description(
    "Share the settings of a registry, which AWS keeps once per account and Region, with other projects.",
  );
  program.addCommand(exportCommand());
  program.addCommand(moveCommand());
  await parseCommands(program, process.argv);
  return 0;
});

import { Command } from "commander";

export function parseSynthArguments(argv: readonly string[]): { strict?: boolean } {
  const command = new Command("synth").option("--strict").allowUnknownOption();
  return command.parse(argv).opts();
}

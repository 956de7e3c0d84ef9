import type { CommanderError } from "commander";
import { finish } from "../../exit-guard";

/** Help and usage errors also finish the program, as far as the exit guard is concerned. */
export function exitProcess({ exitCode }: CommanderError): never {
  finish(exitCode);
  process.exit(exitCode);
}

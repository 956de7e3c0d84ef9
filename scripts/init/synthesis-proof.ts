import { CommandError } from "../runner/command";

/**
 * Let another process load the project and write its stacks.
 *
 * @param refusal last line of the error, e.g. what becomes of the files
 * @throws CommandError with what the other process printed
 */
export async function proveThatItSynthesizes(cancelSignal: AbortSignal, refusal: string): Promise<void> {
  // execa is an ES module, which CommonJS can only import at run time.
  const { execa } = await import("execa");
  const { exitCode, all } = await execa(process.execPath, ["run.cjs", "scripts/synth"], {
    ...{ cancelSignal, all: true, reject: false, stdin: "ignore" },
  });
  cancelSignal.throwIfAborted();
  if (exitCode !== 0) throw new CommandError(`${all}\n${refusal}`);
}

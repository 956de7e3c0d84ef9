import { CommandError } from "../runner/command";
import { interruptible } from "../runner/interruption";

/** Files that are kept only if the project synthesizes with them. */
interface ProvedFiles {
  /** The environment file, for the line that says what is checked. */
  readonly path: string;
  /** Writes the files. @returns takes it back */
  readonly write: () => () => void;
  /** Last line of the error if it does not synthesize. */
  readonly refusal: string;
  /** What to say after a signal. */
  readonly interrupted: string;
}

/**
 * Write files, and let another process load the project and write its stacks. If it cannot, the files are as before.
 *
 * @throws CommandError with what the other process printed, or after a signal
 */
export async function writeIfItSynthesizes({
  path,
  write,
  refusal,
  interrupted,
}: ProvedFiles): Promise<void> {
  await interruptible(
    async (signal) => {
      const undo = write();
      try {
        process.stderr.write(`Checking that the project synthesizes with ${path} …\n`);
        await proveThatItSynthesizes(signal, refusal);
      } catch (error) {
        undo();
        throw error;
      }
    },
    () => interrupted,
  );
}

async function proveThatItSynthesizes(cancelSignal: AbortSignal, refusal: string): Promise<void> {
  // execa is an ES module, which CommonJS can only import at run time.
  const { execa } = await import("execa");
  const { exitCode, all } = await execa(process.execPath, ["run.cjs", "scripts/synth"], {
    ...{ cancelSignal, all: true, reject: false, stdin: "ignore" },
  });
  cancelSignal.throwIfAborted();
  if (exitCode !== 0) throw new CommandError(`${all}\n${refusal}`);
}

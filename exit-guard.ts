/**
 * Makes a program fail that ends before it says that it is done.
 *
 * Without it, an environment file that calls `process.exit(0)`, or a promise that is never settled, ends the program
 * with code 0 and nothing done, and the cdktf CLI goes on with what an earlier run has left in `cdktf.out`.
 *
 * Import it before anything else.
 */
let done = false;

process.on("exit", (code) => {
  if (done || code !== 0) return;
  process.stderr.write(
    "The program ended before its work was done; nothing that it left behind can be trusted.\n",
  );
  process.exitCode = 1;
});

/** Say that the work is done, so that the exit code counts. */
export function complete(exitCode: number): void {
  done = true;
  process.exitCode = exitCode;
}

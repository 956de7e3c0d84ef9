/**
 * Fails a program that exits before it says that it has finished.
 *
 * Without it, an environment file that calls `process.exit(0)`, or a promise that never settles, ends the program with
 * code 0 and nothing done, and the cdktf CLI continues with what an earlier run left in `cdktf.out`.
 *
 * Import it before anything else.
 */
let finished = false;

process.on("exit", (code) => {
  if (finished || code !== 0) return;
  process.stderr.write("The program exited before it finished; do not trust anything that it wrote.\n");
  process.exitCode = 1;
});

/** Say that the program has finished, so that the exit code counts. */
export function finish(exitCode: number): void {
  finished = true;
  process.exitCode = exitCode;
}

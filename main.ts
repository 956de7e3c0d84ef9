import "./exit-guard";
import { writeStacks } from "./app";
import { ConfigurationError, renderProblems } from "./environments/schema/problem";
import { finish } from "./exit-guard";
import { listedProject } from "./scripts/environment-files/listed-project";
import { fileProblem } from "./scripts/failures/disk";
import { withLines } from "./scripts/failures/option-line";

/** What every cdktf command runs: see `app` in cdktf.json. */
function main(): void {
  try {
    writeStacks(listedProject());
    finish(0);
  } catch (error) {
    const message =
      error instanceof ConfigurationError ? renderProblems(withLines(error.problems)) : fileProblem(error);
    if (message === undefined) throw error;
    // The cdktf CLI, which sets CDKTF_OUTDIR, prints a failing app's standard error twice and its standard output once.
    const output = process.env["CDKTF_OUTDIR"] === undefined ? process.stderr : process.stdout;
    output.write(`${message}\n`);
    finish(1);
  }
}

main();

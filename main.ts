import "./exit-guard";
import { loadProject, writeStacks } from "./app";
import { definitions } from "./environments/all";
import { ConfigurationError } from "./environments/schema/problem";
import { finish } from "./exit-guard";

/** What every cdktf command runs: see `app` in cdktf.json. */
function main(): void {
  try {
    writeStacks(loadProject(definitions));
    finish(0);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    // The cdktf CLI, which sets CDKTF_OUTDIR, prints a failing app's standard error twice and its standard output once.
    const output = process.env["CDKTF_OUTDIR"] === undefined ? process.stderr : process.stdout;
    output.write(`${error.message}\n`);
    finish(1);
  }
}

main();

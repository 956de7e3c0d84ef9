import "./exit-guard";
import { ConfigurationError } from "./environments/schema/problem";
import { complete } from "./exit-guard";
import { writeStacks } from "./scripts/runner/synthesis";

// The CLI sets this variable for the app it runs.
const outdir = process.env["CDKTF_OUTDIR"];

/** What every cdktf command runs: see `app` in cdktf.json. */
function main(): void {
  try {
    writeStacks();
    complete(0);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    // The CLI repeats a failing app's standard error twice and its standard output once, both on its standard error.
    (outdir === undefined ? process.stderr : process.stdout).write(`${error.message}\n`);
    complete(1);
  }
}

// CDKTF records a stack trace for every token, and a long one takes long. From here it is short: the frames of loading
// this file are not part of it.
setImmediate(main);

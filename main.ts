import "./scripts/completion";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { buildApp } from "./app";
import { definitions } from "./environments/all";
import { ConfigurationError } from "./environments/problem";
import { complete } from "./scripts/completion";

// The CLI sets this variable for the app it runs.
const outdir = process.env["CDKTF_OUTDIR"];

/** What every cdktf command runs: see `app` in cdktf.json. */
function main(): void {
  try {
    const app = buildApp(definitions);
    rmSync(join(app.outdir, "manifest.json"), { force: true });
    app.synth();
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

import { buildApp } from "./app";
import { definitions } from "./environments/all";
import { ConfigurationError } from "./environments/problem";

/** What `cdktf synth` and every other cdktf command run: see `app` in cdktf.json. */
try {
  buildApp(definitions).synth();
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  // The cdktf CLI, which sets CDKTF_OUTDIR, repeats a failing app's standard error twice and its standard output once,
  // both on its own standard error.
  const stream = process.env["CDKTF_OUTDIR"] === undefined ? process.stderr : process.stdout;
  stream.write(`${error.message}\n`);
  process.exitCode = 1;
}

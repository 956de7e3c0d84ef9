import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { App } from "cdktf";
import { buildApp } from "../../app";
import { definitions } from "../../environments/all";

/** One synthesized stack. */
export interface SynthesizedStack {
  readonly name: string;
  /** Folder where Terraform runs. */
  readonly directory: string;
  /** Number of resources in its JSON. */
  readonly resources: number;
}

/**
 * Write the Terraform JSON of every stack. The manifest of an earlier run is removed first, so that nobody takes its
 * stacks for those of this one.
 *
 * @throws ConfigurationError when an environment file breaks a rule; then nothing is written
 */
export function writeStacks(): App {
  const app = buildApp(definitions);
  rmSync(join(app.outdir, "manifest.json"), { force: true });
  app.synth();
  return app;
}

/**
 * Write every stack and look at what was written.
 *
 * @throws ConfigurationError when an environment file breaks a rule; then nothing is written
 */
export function synthesize(): SynthesizedStack[] {
  const app = writeStacks();
  const manifest = JSON.parse(readFileSync(join(app.outdir, "manifest.json"), "utf8")) as {
    stacks: Record<string, { name: string; workingDirectory: string; synthesizedStackPath: string }>;
  };
  return Object.values(manifest.stacks).map(({ name, workingDirectory, synthesizedStackPath }) => {
    const json = JSON.parse(readFileSync(join(app.outdir, synthesizedStackPath), "utf8")) as {
      resource?: Record<string, Record<string, unknown>>;
    };
    const byType = Object.values(json.resource ?? {});
    return {
      name,
      directory: join(app.outdir, workingDirectory),
      resources: byType.reduce((sum, ofType) => sum + Object.keys(ofType).length, 0),
    };
  });
}

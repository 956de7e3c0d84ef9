import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { everyConsumer } from "../support/every-consumer";
import { install, isInstalled } from "../support/installation";
import type { StackJson } from "../support/synth";

/** Both libraries must share one copy of constructs with the bindings. */
const library = { cdktf: "cdktn", constructs: "constructs" };
const libraryAndBindings = { ...library, "@cdktf/provider-aws": "@cdktn/provider-aws" };

const inCi = process.env["CI"] !== undefined;
const runs = inCi || isInstalled(__dirname);
if (!runs) process.stderr.write("The test of cdktn needs 480 MB more: npm ci --prefix test/cdktn\n");

/** The shipped environments and one with everything, under CDKTF and under its fork. */
describe.skipIf(!runs)("cdktn", () => {
  let outdirs: string;
  let cdktf: Record<string, StackJson>;

  beforeAll(() => {
    if (!isInstalled(__dirname)) install(__dirname);
    outdirs = mkdtempSync(join(tmpdir(), "cdktn-"));
    cdktf = synthesizedWith({});
  });
  afterAll(() => outdirs && rmSync(outdirs, { recursive: true }));

  /** Terraform JSON of every stack, by its name, with these packages in place of others. */
  function synthesizedWith(packages: Readonly<Record<string, string>>): Record<string, StackJson> {
    const outdir = mkdtempSync(join(outdirs, "out-"));
    const build = join(inject("compiledProject").folder, "build");
    execFileSync(process.execPath, [join(__dirname, "synthesize.cjs")], {
      input: JSON.stringify({ build, outdir, environments: [everyConsumer], packages }),
    });
    const json = (path: string) => JSON.parse(readFileSync(join(outdir, path), "utf8"));
    const stacks = Object.keys(json("manifest.json").stacks);
    return Object.fromEntries(stacks.map((stack) => [stack, json(`stacks/${stack}/cdk.tf.json`)]));
  }

  test("the environments have stacks of every layer", () => {
    const layers = Object.keys(cdktf).map((stack) => stack.slice(0, stack.indexOf("-")));

    expect(new Set(layers)).toEqual(
      new Set(["bootstrap", "security", "network", "replicas", "compute", "registry"]),
    );
    expect(Object.keys(cdktf)).toContain("compute-full");
  });

  test("with cdktn, only the library's version changes", () => {
    const cdktn = synthesizedWith(library);

    expect(libraryVersions(cdktf)).toEqual(["0.21.0"]);
    expect(libraryVersions(cdktn)).toEqual(["0.24.0"]);
    expect(withoutLibraryVersion(cdktn)).toEqual(withoutLibraryVersion(cdktf));
  });

  test("with cdktn's AWS bindings, the provider's version changes too, and its source is written in full", () => {
    const cdktn = synthesizedWith(libraryAndBindings);

    expect(providers(cdktf)).toEqual([{ aws: { source: "aws", version: "6.25.0" } }]);
    expect(providers(cdktn)).toEqual([{ aws: { source: "hashicorp/aws", version: "6.66.0" } }]);
    expect(withoutProvider(withoutLibraryVersion(cdktn))).toEqual(
      withoutProvider(withoutLibraryVersion(cdktf)),
    );
  });
});

type Stacks = Readonly<Record<string, StackJson>>;

const distinct = (values: unknown[]): unknown[] =>
  [...new Set(values.map((value) => JSON.stringify(value)))].map((text) => JSON.parse(text));

const libraryVersions = (stacks: Stacks) =>
  distinct(Object.values(stacks).map((json) => json["//"].metadata.version));

const providers = (stacks: Stacks) =>
  distinct(Object.values(stacks).map((json) => json["terraform"].required_providers));

/** A copy without what `remove` takes out of each stack. */
function without(stacks: Stacks, remove: (json: StackJson) => void): Stacks {
  const copy = structuredClone(stacks);
  for (const json of Object.values(copy)) remove(json);
  return copy;
}

const withoutLibraryVersion = (stacks: Stacks) =>
  without(stacks, (json) => delete json["//"].metadata.version);

const withoutProvider = (stacks: Stacks) =>
  without(stacks, (json) => delete json["terraform"].required_providers);

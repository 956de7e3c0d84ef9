import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { partitionOf } from "../../modules/iam/aws-partition";
import { importFile, removeImportFile } from "../runner/import-file";
import { init } from "../runner/initialization";
import { failed, flags, type Stack } from "../runner/stack";
import { resourcesIn } from "../runner/state";
import { terraform } from "../runner/terraform";
import { importId, type Resources } from "./import-id";

/** The resources of a stack that are not in its state. */
export interface MissingResources {
  /** Addresses of those that exist in AWS. Import blocks for them are in the folder of the stack. */
  readonly existing: readonly string[];
  /** Addresses of those whose import ID AWS chooses. Whether they exist is unknown. */
  readonly unknown: readonly string[];
}

/**
 * Find resources that exist but are not in the state of their stack, e.g. because Terraform was killed before it saved the
 * state, and write import blocks for them.
 *
 * Terraform itself says which exist: it refuses to plan the import of a resource that does not.
 *
 * @throws CommandError when Terraform fails for another reason
 * @see https://developer.hashicorp.com/terraform/language/import
 */
export async function writeImports(stack: Stack): Promise<MissingResources> {
  const { directory, environment } = stack;
  removeImportFile(directory);
  await init(stack);
  const inState = new Set(await resourcesIn(stack));
  const { resource = {} }: { resource?: Resources } = JSON.parse(
    readFileSync(join(directory, "cdk.tf.json"), "utf8"),
  );
  const { accountId, region } = environment;
  const account = { accountId, region, partition: partitionOf(region) };
  const missing = Object.entries(resource)
    .flatMap(([type, ofType]) => Object.keys(ofType).map((name) => `${type}.${name}`))
    .filter((address) => !inState.has(address))
    .map((address) => ({ address, id: importId(address, resource, account) }));
  const candidates = new Map(missing.flatMap(({ address, id }) => (id === undefined ? [] : [[address, id]])));
  const existing = await whichExist(stack, candidates);
  return { existing, unknown: missing.filter(({ id }) => id === undefined).map(({ address }) => address) };
}

/** Plan the imports without those that Terraform refuses, until it refuses none. */
async function whichExist(stack: Stack, candidates: Map<string, string>): Promise<string[]> {
  const { directory } = stack;
  while (candidates.size > 0) {
    const blocks = [...candidates].map(([to, id]) => ({ to, id }));
    writeFileSync(importFile(directory), `${JSON.stringify({ import: blocks }, null, 2)}\n`);
    const result = await terraform(directory, ["plan", "-input=false", "-lock=false", ...flags()], {
      quiet: true,
    });
    if (result.code === 0) break;
    const refused = refusedIn(result.stderr).filter((address) => candidates.has(address));
    if (refused.length === 0) {
      removeImportFile(directory);
      process.stderr.write(result.output);
      throw failed(stack, "plan", result);
    }
    for (const address of refused) candidates.delete(address);
  }
  if (candidates.size === 0) removeImportFile(directory);
  return [...candidates.keys()];
}

/** Addresses of resources that do not exist, or that cannot be read, according to Terraform's errors. */
function refusedIn(printed: string): string[] {
  const text = printed.replace(/[│╷╵]/g, " ").replace(/\s+/g, " ");
  const nonexistent = text.matchAll(/import an existing object to "([^"]+)"/g);
  const unreadable = text.matchAll(/\bwith (aws_[\w-]+\.[\w-]+),/g);
  return [...nonexistent, ...unreadable].map(([, address = ""]) => address);
}

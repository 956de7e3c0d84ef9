import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { Environment } from "../../environments/plan/environment";
import { asMarkdown } from "../review/report/as-markdown";
import type { Report } from "../review/report/report";
import { CommandError } from "../runner/command";
import { providerLock } from "../runner/provider-lock";
import type { Stack } from "../runner/stack";
import type { Plans, StackResult } from "./all-plans";
import {
  digestOf,
  type Manifest,
  manifestFile,
  manifestFormat,
  outputsDigest,
  type SavedStack,
  savedPath,
  sourceDigests,
} from "./manifest";

/** What is saved. */
export interface SavedPlans extends Plans {
  readonly environment: Environment;
  /** Every stack whose outputs may be read. */
  readonly readable: readonly Stack[];
  readonly report: Report;
}

/** @throws CommandError when a folder holds something that is no saved plan, which would be lost */
export function requireOwnFolder(folder: string): void {
  if (!existsSync(folder) || readdirSync(folder).length === 0 || isOwn(folder)) return;
  throw new CommandError(
    `--out ${folder}: the folder has other files than saved plans; name a new or an empty one.`,
  );
}

function isOwn(folder: string): boolean {
  try {
    const { format } = JSON.parse(readFileSync(join(folder, manifestFile), "utf8")) as Partial<Manifest>;
    return format === manifestFormat;
  } catch {
    return false;
  }
}

/**
 * Save plans, their report and a manifest with digests. The folder appears whole or not at all, and only this user can read
 * it, because plans hold the same data as the states.
 */
export async function savePlans(folder: string, saved: SavedPlans): Promise<void> {
  const target = resolve(folder);
  mkdirSync(dirname(target), { recursive: true });
  const draft = mkdtempSync(join(dirname(target), `.${basename(target)}-`));
  try {
    const files: Record<string, string> = {};
    const write = (path: string, content: string | Buffer) => {
      mkdirSync(dirname(join(draft, path)), { recursive: true, mode: 0o700 });
      writeFileSync(join(draft, path), content, { mode: 0o600 });
      files[path] = digestOf(content);
    };
    writeStacks(saved, write);
    write("review.json", `${JSON.stringify(saved.report, null, 2)}\n`);
    write("review.md", asMarkdown(saved.report));
    const stacks: SavedStack[] = [];
    for (const result of saved.results) stacks.push(await savedStack(result, saved));
    const manifest: Manifest = {
      ...{ format: manifestFormat, environment: saved.environment.name },
      ...{ created: new Date().toISOString(), stacks, files: { ...files }, sources: sourceDigests() },
    };
    write(manifestFile, `${JSON.stringify(manifest, null, 2)}\n`);
    moveInto(draft, target);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Whether a plan is kept: nothing stops it, and what it has read stays as it is. */
const isApplicable = ({ planned, waits }: StackResult): boolean =>
  planned?.changes === true && planned.blocks.length === 0 && waits.length === 0;

function writeStacks(
  { results, readable }: SavedPlans,
  write: (path: string, content: string | Buffer) => void,
): void {
  const writers = results.flatMap(({ stack }) => stack.reads.map(({ writer }) => writer));
  const needed = new Map([
    ...readable
      .filter(({ stack }) => writers.includes(stack))
      .map(({ stack, directory }) => [stack, directory] as const),
    ...results.map(({ stack }) => [stack.stack, stack.directory] as const),
  ]);
  for (const [stack, directory] of needed) {
    write(savedPath(stack, "cdk.tf.json"), readFileSync(join(directory, "cdk.tf.json")));
    const lock = join(directory, providerLock);
    if (existsSync(lock)) write(savedPath(stack, "lock.hcl"), readFileSync(lock));
  }
  for (const result of results)
    if (isApplicable(result)) write(savedPath(result.stack.stack, "plan.tfplan"), readFileSync(result.file));
}

async function savedStack(result: StackResult, { readable, published }: SavedPlans): Promise<SavedStack> {
  const { stack, planned, waits } = result;
  const inputs: [string, SavedStack["inputs"][string]][] = [];
  for (const { writer, outputs } of waits.length === 0 ? stack.reads : []) {
    const upstream = readable.find((one) => one.stack === writer);
    if (upstream === undefined) continue;
    const digest = outputsDigest(await published.of(upstream), outputs);
    inputs.push([upstream.stack, { outputs, digest }]);
  }
  return {
    ...{ stack: stack.stack, plan: isApplicable(result), waits, blocks: planned?.blocks ?? [] },
    inputs: Object.fromEntries(inputs),
  };
}

/** Put a folder in its place. An earlier one of the same name goes only when the new one is there. */
function moveInto(draft: string, target: string): void {
  chmodSync(draft, 0o700);
  const earlier = `${draft}-earlier`;
  if (existsSync(target)) renameSync(target, earlier);
  renameSync(draft, target);
  rmSync(earlier, { recursive: true, force: true });
}

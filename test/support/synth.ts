import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { serialize } from "node:v8";
import { AnnotationMetadataEntryType, App, Aspects, type IAspect, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { buildApp, writeStacks } from "../../app";
import type { Definition } from "../../environments/environment";
import { loadProject, type Project } from "../../environments/load";

/** Terraform JSON of a stack. Values are looked at with the assertions of the test runner. */
// biome-ignore lint/suspicious/noExplicitAny: Terraform JSON has no type
export type StackJson = Record<string, any>;

/** Terraform JSON of every stack that these environments give, by the stack's name. */
export function synth(
  definitions: Readonly<Record<string, Definition>>,
  context: Readonly<Record<string, unknown>> = {},
): Record<string, StackJson> {
  return synthProject(loadProject(definitions, context));
}

/** What has been synthesized in this process, by the project as bytes. */
const synthesized = new Map<string, Record<string, StackJson>>();

/**
 * Terraform JSON of every stack of a project, by the stack's name. Nothing but the project decides it, so the test files
 * of one process share it, and none can change it.
 */
export function synthProject(project: Project): Record<string, StackJson> {
  const key = serialize(project).toString("latin1");
  const stacks = synthesized.get(key) ?? frozen(synthAnew(project));
  synthesized.set(key, stacks);
  return stacks;
}

/** The same, not kept: for a test of many projects. */
export function synthAnew(project: Project): Record<string, StackJson> {
  const resolved = Object.entries(resolvedStacks(project));
  return Object.fromEntries(
    resolved.map(([name, json]) => [name, readable(withoutMetadata(json)) as StackJson]),
  );
}

/** An app needs a folder, and makes `stacks` in it. Nothing else is written there. */
const unused = resolve("build/unit/cdktf.out");

/**
 * Terraform JSON of every stack as synth writes it, by the stack's name, without writing files: this does what CDKTF
 * does in a synth before it writes, except for custom synthesis and the check of Terraform's version for `moveTo`, which no
 * layer uses. `test/unit/support/synth.test.ts` compares it with the files.
 *
 * @throws Error with the first error annotation of a stack
 */
export function resolvedStacks(project: Project): Record<string, StackJson> {
  mkdirSync(unused, { recursive: true });
  const app = buildApp(project, unused);
  const stacks = app.node.children.filter(TerraformStack.isStack);
  for (const stack of stacks) stack.prepareStack();
  return Object.fromEntries(
    stacks.map((stack) => {
      visitByAspects(stack, []);
      stack.runAllValidations();
      throwErrorOf(stack);
      return [stack.node.id, inOrder(stack.toTerraform()) as StackJson];
    }),
  );
}

/** Let each aspect visit the constructs in the scope that it was added to. */
function visitByAspects(construct: IConstruct, inherited: readonly IAspect[]): void {
  const aspects = [...inherited, ...Aspects.of(construct).all];
  for (const aspect of aspects) aspect.visit(construct);
  for (const child of construct.node.children) visitByAspects(child, aspects);
}

function throwErrorOf(stack: TerraformStack): void {
  for (const { node } of stack.node.findAll()) {
    const error = node.metadata.find(({ type }) => type === AnnotationMetadataEntryType.ERROR);
    if (error !== undefined) throw new Error(`${node.path}: ${error.data}`);
  }
}

/** A copy as JSON has it, with the keys of every object sorted, as in the files. */
function inOrder(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(inOrder);
  const object = value as Readonly<Record<string, unknown>>;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(object).sort())
    if (object[key] !== undefined) copy[key] = inOrder(object[key]);
  return copy;
}

/** Terraform JSON of every stack as synth writes it to a folder, by the stack's name. The folder is removed. */
export function writtenStacks(project: Project): Record<string, StackJson> {
  const outdir = mkdtempSync(join(tmpdir(), "synth-"));
  try {
    const { stacks } = writeStacks(project, outdir).manifest;
    const read = (path: string) => JSON.parse(readFileSync(join(outdir, path), "utf8"));
    return Object.fromEntries(
      Object.values(stacks).map(({ name, synthesizedStackPath }) => [name, read(synthesizedStackPath)]),
    );
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** Without the metadata that CDKTF adds to a stack and to each of its blocks. */
function withoutMetadata({ "//": _, ...stack }: StackJson): StackJson {
  const blocks = [stack["resource"], stack["data"]].flatMap((types: StackJson = {}) =>
    Object.values(types).flatMap((ofType: StackJson) => Object.values(ofType)),
  );
  for (const block of blocks) delete block["//"];
  return stack;
}

/** Policies inside strings become objects, so that a test or a reviewer can look into them. */
function readable(value: unknown): unknown {
  if (typeof value === "string") return value.startsWith('{"') ? JSON.parse(value) : value;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(readable);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, readable(inner)]));
}

function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

/** An app for one stack, with the context that layers need. */
export const bareApp = (awsProviderVersion = "6.25.0") => new App({ context: { awsProviderVersion } });

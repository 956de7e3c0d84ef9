import { mkdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { serialize } from "node:v8";
import { App, TerraformStack } from "cdktf";
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

/** The same, for tests of what happens during a synth. */
export function synthAnew(project: Project): Record<string, StackJson> {
  const resolved = Object.entries(resolvedStacks(project));
  return Object.fromEntries(
    resolved.map(([name, json]) => [name, readable(withoutMetadata(json)) as StackJson]),
  );
}

/** Where a synth writes files that nobody reads. Nothing removes its folders: to make them again takes longest. */
const unread = resolve("build/unit/cdktf.out");

/**
 * Terraform JSON of every stack as synth writes it, by the stack's name, without the way over files: CDKTF does all that it
 * does in a synth, but writes empty stacks. `test/unit/support/synth.test.ts` compares it with the files.
 */
export function resolvedStacks(project: Project): Record<string, StackJson> {
  mkdirSync(unread, { recursive: true });
  const app = buildApp(project, unread);
  const resolved: Record<string, StackJson> = {};
  for (const stack of app.node.children.filter(TerraformStack.isStack)) {
    const toTerraform = stack.toTerraform.bind(stack);
    stack.toTerraform = () => {
      resolved[stack.node.id] = inOrder(JSON.parse(JSON.stringify(toTerraform()))) as StackJson;
      return {};
    };
  }
  app.synth();
  return Object.fromEntries(Object.keys(app.manifest.stacks).map((name) => [name, resolved[name] ?? {}]));
}

/** With the keys of every object sorted, as in the files. */
function inOrder(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(inOrder);
  const object = value as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.keys(object)
      .sort()
      .map((key) => [key, inOrder(object[key])]),
  );
}

/** Terraform JSON of every stack as synth writes it to a folder, by the stack's name. */
export function writtenStacks(project: Project, outdir: string): Record<string, StackJson> {
  const { stacks } = writeStacks(project, outdir).manifest;
  const read = (path: string) => JSON.parse(readFileSync(join(outdir, path), "utf8"));
  return Object.fromEntries(
    Object.values(stacks).map(({ name, synthesizedStackPath }) => [name, read(synthesizedStackPath)]),
  );
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

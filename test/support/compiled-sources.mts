import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { promisify } from "node:util";
import type { Plugin } from "vitest/config";

const project = resolve(import.meta.dirname, "../..");
const output = join(project, "build/unit");
const record = join(output, "compiled.json");
const require = createRequire(import.meta.url);
const { nativeCompiler } = require("../../start/compiler.cjs") as {
  nativeCompiler(project: string): { readonly executable: string };
};
const { takeLock } = require("../../start/lock.cjs") as { takeLock(file: string): () => void };

/** Where everything is that tests import. */
const folders = ["bench", "emulator", "environments", "layers", "modules", "scripts", "test/support"];
const imported = ["cdktf.json", "package.json"];
/** Settings of the compiler, and its version. */
const settings = ["tsconfig.json", "tsconfig.build.json", "node_modules/typescript/package.json"];

/**
 * Lets the unit tests load the project's code as it is compiled for users, in a fraction of the CPU time that vitest takes
 * to transform and load each file. What has changed is compiled, without a type check, and kept in `build/unit`. Test files
 * are left to vitest. While vitest watches, all files are, so that it knows which tests a file concerns.
 */
export function compiledSources(): Plugin {
  let compiled: ReadonlySet<string> = new Set();
  return {
    name: "compiled-sources",
    enforce: "pre",
    config: () => ({ test: { server: { deps: { external: [/\/build\/unit\//] } } } }),
    async configureVitest({ vitest, experimental_defineCacheKeyGenerator }) {
      if (vitest.config.watch) return;
      compiled = new Set(await compile());
      // What vitest keeps of a test file holds the paths of what it imports, as this plugin resolves them.
      const key = [readFileSync(import.meta.filename, "utf8"), ...compiled].join();
      experimental_defineCacheKeyGenerator(() => key);
    },
    resolveId(source, importer) {
      if (importer === undefined || !source.startsWith(".")) return undefined;
      const file = `${relative(project, resolve(dirname(importer), source))}.ts`;
      return compiled.has(file) ? join(output, programOf(file)) : undefined;
    },
  };
}

const programOf = (file: string): string => file.replace(/\.ts$/, ".js");

/** Compile what has changed. @returns every file that is compiled @throws Error with what the compiler printed */
async function compile(): Promise<string[]> {
  const release = takeLock(join(output, "lock"));
  try {
    const files = loadableElsewhere(sources());
    const salt = settings.map((file) => readFileSync(join(project, file), "utf8")).join("\0");
    const hashOf = (text: string) => createHash("sha256").update(salt).update(text).digest("hex");
    const hashes = Object.fromEntries([...files].map(([file, text]) => [file, hashOf(text)]));
    const known: Record<string, string> = existsSync(record) ? JSON.parse(readFileSync(record, "utf8")) : {};
    const changed = Object.keys(hashes).filter((file) => hashes[file] !== known[file]);
    rmSync(record, { force: true });
    for (const file of Object.keys(known))
      if (!files.has(file)) rmSync(join(output, programOf(file)), { force: true });
    for (const file of changed.filter((each) => each.endsWith(".json"))) {
      mkdirSync(dirname(join(output, file)), { recursive: true });
      copyFileSync(join(project, file), join(output, file));
    }
    await transpile(changed.filter((each) => each.endsWith(".ts")));
    writeFileSync(record, JSON.stringify(hashes));
    return Object.keys(hashes);
  } finally {
    release();
  }
}

/** Contents by path. */
function sources(): Map<string, string> {
  const paths = [
    ...readdirSync(project).filter((file) => file.endsWith(".ts") || imported.includes(file)),
    ...folders.flatMap((folder) =>
      readdirSync(join(project, folder), { recursive: true, encoding: "utf8" })
        .filter((file) => /(?<!\.d)\.ts$|\.json$/.test(file))
        .map((file) => join(folder, file)),
    ),
  ];
  return new Map(paths.toSorted().map((path) => [path, readFileSync(join(project, path), "utf8")]));
}

/** Without what CommonJS cannot load, or what looks for other files beside itself, and without what imports that. */
function loadableElsewhere(files: ReadonlyMap<string, string>): Map<string, string> {
  const left = [...files].filter(
    ([path, text]) => !path.startsWith("test/") || !/ from "vitest|__dirname|__filename/.test(text),
  );
  const compiled = new Map(left);
  const isLoadable = ([path, text]: [string, string]) =>
    [...text.matchAll(/(?:^(?:import|export|\}).* from |\bimport\()"(\.[^"]+)"/gm)].every(([, to = ""]) => {
      const file = join(dirname(path), to.replace(/\.js$/, ""));
      return compiled.has(`${file}.ts`) || compiled.has(file);
    });
  for (let before = -1; before !== compiled.size; ) {
    before = compiled.size;
    for (const entry of compiled) if (!isLoadable(entry)) compiled.delete(entry[0]);
  }
  return compiled;
}

async function transpile(files: readonly string[]): Promise<void> {
  if (files.length === 0) return;
  const config = join(output, "tsconfig.json");
  const compilerOptions = {
    ...{ noCheck: true, noResolve: true, types: [], rootDir: project, outDir: output },
    ...{ incremental: false, tsBuildInfoFile: null, sourceMap: false, inlineSourceMap: true },
  };
  const paths = files.map((file) => join(project, file));
  writeFileSync(
    config,
    JSON.stringify({ extends: "../../tsconfig.build.json", compilerOptions, include: [], files: paths }),
  );
  const { executable } = nativeCompiler(project);
  const script = join(project, "node_modules/typescript/bin/tsc");
  const [program, ...args] = existsSync(executable) ? [executable] : [process.execPath, script];
  try {
    await promisify(execFile)(program, [...args, "-p", config, "--singleThreaded"]);
  } catch (error) {
    const { stdout = "" } = error as { stdout?: string };
    throw new Error(`tsc -p ${config} failed:\n${stdout}`, { cause: error });
  }
}

"use strict";

/**
 * Run commands of a copy of the project one after the other in this process, as its parent asks for them:
 *
 *     node loaded-commands.cjs <project that has the pack> <fingerprint of its code> <end mark of output>
 *
 * A command ends when it calls `finish`, as every program does, or `process.exit`, as the parser of command lines does
 * after a help or a wrong option.
 */
const { join } = require("node:path");
const { useSharedPack } = require("./shared-pack.cjs");

const [node, , packed, code, endMark] = process.argv;
const build = useSharedPack(packed, code);
const guard = require(join(build, "exit-guard.js"));
const { finish } = guard;
/** Ends the code that calls `process.exit`. */
const stop = new Error("The command has called process.exit.");
let end = () => undefined;
/** Modules that know something of the command that runs: signals, failures, and which stacks are initialized. */
const keepingState = ["initialization", "result-stream", "terraform", "turns"];
/** A command that prints JSON replaces it. */
const { write } = process.stdout;

// Each command listens for signals and for the end of its reader.
for (const each of [process, process.stdout, process.stderr]) each.setMaxListeners(0);
process.exit = (exitCode = 0) => {
  end(exitCode);
  throw stop;
};
guard.finish = (exitCode) => end(exitCode);
process.on("unhandledRejection", failed).on("uncaughtException", failed);

/** Let a module begin anew. The modules that have imported it call functions of the same object. */
function reset(path) {
  const module = require.cache[require.resolve(path)];
  if (module === undefined) return;
  delete require.cache[path];
  Object.assign(module.exports, require(path));
  require.cache[path] = module;
}

function failed(error) {
  if (error === stop) return;
  process.stderr.write(`${error?.stack ?? error}\n`);
  end(1);
}

process.on("message", ({ command: [script, ...args], variables }) => {
  for (const name of Object.keys(process.env)) if (!(name in variables)) delete process.env[name];
  Object.assign(process.env, variables);
  end = (code) => {
    end = () => undefined;
    Object.assign(process.stdout, { write });
    // What the command and its programs have printed is before it.
    for (const name of ["stdout", "stderr"]) process[name].write(endMark);
    process.send({ code });
  };
  const scripts = join(build, "scripts");
  for (const name of keepingState) reset(join(scripts, "runner", `${name}.js`));
  const program = join(scripts, `${script}.js`);
  delete require.cache[program];
  process.argv = [node, program, ...args];
  try {
    require(program);
  } catch (error) {
    failed(error);
  }
});
process.on("disconnect", () => {
  finish(0);
  process.reallyExit(0);
});

"use strict";

/**
 * Run commands of a copy of the project one after the other in this process, as its parent asks for them:
 *
 *     node loaded-commands.cjs <project that has the pack> <fingerprint of its code>
 *
 * A command ends when it calls `finish`, as every program does, or `process.exit`, as the parser of command lines does
 * after a help or a wrong option.
 */
const { join } = require("node:path");
const { useSharedPack } = require("./shared-pack.cjs");

const [node, , packed, code] = process.argv;
const build = useSharedPack(packed, code);
const guard = require(join(build, "exit-guard.js"));
const { finish } = guard;
/** Ends the code that calls `process.exit`. */
const stop = new Error("The command has called process.exit.");
let printed = { stdout: "", stderr: "" };
let end = () => undefined;

for (const name of ["stdout", "stderr"]) {
  process[name].write = (text, ...rest) => {
    printed[name] += text.toString();
    rest.findLast((each) => typeof each === "function")?.();
    return true;
  };
  // Each command listens for the end of its reader.
  process[name].setMaxListeners(0);
}
process.exit = (exitCode = 0) => {
  end(exitCode);
  throw stop;
};
guard.finish = (exitCode) => end(exitCode);
process.on("unhandledRejection", failed).on("uncaughtException", failed);

function failed(error) {
  if (error === stop) return;
  printed.stderr += `${error?.stack ?? error}\n`;
  end(1);
}

process.on("message", ({ command: [script, ...args], variables }) => {
  for (const name of Object.keys(process.env)) if (!(name in variables)) delete process.env[name];
  Object.assign(process.env, variables);
  printed = { stdout: "", stderr: "" };
  end = (exitCode) => {
    end = () => undefined;
    process.send({ code: exitCode, ...printed });
  };
  const program = join(build, "scripts", `${script}.js`);
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

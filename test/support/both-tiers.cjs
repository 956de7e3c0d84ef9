/**
 * `npm test`: the unit tests and those of the commands at the same time, each in a vitest of its own. The unit tests keep one
 * core busy; the commands wait for Terraform and the emulator half of the time. Vitest itself runs such projects one after the
 * other. What the commands print follows what the unit tests print. With arguments, e.g. the path of a file, one vitest gets
 * them for both.
 */
const { spawn } = require("node:child_process");
const { dirname, join } = require("node:path");

const program = join(dirname(require.resolve("vitest/package.json")), "vitest.mjs");
const colors = process.stdout.isTTY ? { FORCE_COLOR: "1" } : {};

const children = [];

/** Run a vitest to its end. @returns its exit code */
function vitest(args, stdio, { onOutput } = {}) {
  const child = spawn(process.execPath, [program, "run", ...args], {
    stdio,
    env: { ...process.env, ...(stdio === "inherit" ? {} : colors) },
  });
  children.push(child);
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", onOutput);
  return new Promise((resolve, reject) => {
    child.on("error", reject).on("close", (code) => resolve(code ?? 1));
  });
}

async function both() {
  const held = [];
  let show = (part) => void held.push(part);
  const commands = vitest(["--project", "commands"], ["ignore", "pipe", "pipe"], {
    onOutput: (part) => show(part),
  });
  const unit = await vitest(["--project", "unit"], "inherit");
  for (const part of held) process.stdout.write(part);
  show = (part) => void process.stdout.write(part);
  const failed = Math.max(unit, await commands);
  if (unit !== 0) process.stdout.write("Unit tests failed: their report is above that of the commands.\n");
  return failed;
}

// Ctrl-C in a terminal reaches both, and this process ends when they do.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => {
  for (const child of children) child.kill();
});

const args = process.argv.slice(2);
const ran =
  args.length > 0 ? vitest(["--project", "unit", "--project", "commands", ...args], "inherit") : both();
ran.then((code) => {
  process.exitCode = code;
});

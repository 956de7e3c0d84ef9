import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findMoto } from "../../../emulator/moto";

/** Programs that answer as moto's starter and Python do when they are asked for the version. */
describe("moto on this machine", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "moto-"));
    mkdirSync(join(folder, "bin"));
    // What a script needs itself.
    symlinkSync("/bin/sh", join(folder, "bin", "sh"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const program = (path: string, script: string): string => {
    const file = join(folder, path);
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
    return file;
  };
  const find = (more: NodeJS.ProcessEnv = {}) => findMoto({ PATH: join(folder, "bin"), ...more }, folder);
  const answers = (version: string) => `[ -n "$EMULATOR_VERSION" ] && echo "moto ${version}"`;

  test("is found on PATH", () => {
    program("bin/moto_server", answers("5.2.1"));

    expect(find()).toEqual({ ok: true, moto: { command: ["moto_server"] } });
  });

  test("is found in the active virtual environment, before that on PATH", () => {
    program("bin/moto_server", answers("5.2.1"));
    const active = program("active/bin/moto_server", answers("5.2.1"));

    expect(find({ VIRTUAL_ENV: join(folder, "active") })).toEqual({ ok: true, moto: { command: [active] } });
  });

  test("is found in a virtual environment of the project", () => {
    const own = program(".venv/bin/moto_server", answers("5.2.1"));

    expect(find()).toEqual({ ok: true, moto: { command: [own] } });
  });

  test("is found as a module of Python, where no starter is on PATH", () => {
    program("bin/python3", `[ "$1 $2" = "-m moto.server" ] && ${answers("5.2.1")}`);

    expect(find()).toEqual({ ok: true, moto: { command: ["python3", "-m", "moto.server"] } });
  });

  test("is that of the right version, where there are several", () => {
    program("bin/moto_server", answers("5.0.0"));
    program("bin/python3", answers("5.2.1"));

    expect(find()).toMatchObject({ ok: true, moto: { command: ["python3", "-m", "moto.server"] } });
  });

  test("fails when it has another version, which is named", () => {
    program("bin/moto_server", answers("5.0.0"));

    expect(find()).toEqual({ ok: false, reason: "moto_server is moto 5.0.0" });
  });

  test("fails when there is none, or Python has none", () => {
    expect(find({ PATH: [join(folder, "none"), join(folder, "nowhere")].join(delimiter) })).toEqual({
      ok: false,
      reason: "moto is not installed",
    });
    program("bin/python3", "echo No module named moto >&2; exit 1");
    expect(find()).toEqual({ ok: false, reason: "moto is not installed" });
  });
});

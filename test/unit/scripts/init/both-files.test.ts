import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { writeBoth } from "../../../../scripts/init/both-files";

describe("two files", () => {
  let folder: string;
  const at = (name: string) => join(folder, name);
  const both = () => writeBoth({ path: at("new.ts"), text: "new" }, { path: at("all.ts"), text: "changed" });
  const contents = () =>
    Object.fromEntries(
      readdirSync(folder)
        .filter((name) => statSync(at(name)).isFile())
        .map((name) => [name, readFileSync(at(name), "utf8")]),
    );

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "both-files-"));
    writeFileSync(at("all.ts"), "earlier");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test("both are written, and taken back", () => {
    chmodSync(at("all.ts"), 0o640);
    const undo = both();

    expect(contents()).toEqual({ "new.ts": "new", "all.ts": "changed" });
    expect(statSync(at("all.ts")).mode & 0o777).toBe(0o640);
    undo();
    expect(contents()).toEqual({ "all.ts": "earlier" });
  });

  test("if the second cannot be written, the first is not there", () => {
    // A folder is where the draft of the second goes.
    mkdirSync(at(`all.ts.${process.pid}.tmp`));

    expect(both).toThrow();
    expect(contents()).toEqual({ "all.ts": "earlier" });
  });

  test("a file that exists is not overwritten", () => {
    writeFileSync(at("new.ts"), "mine");

    expect(both).toThrow("exists, and is not overwritten; nothing was written.");
    expect(contents()).toEqual({ "new.ts": "mine", "all.ts": "earlier" });
  });
});

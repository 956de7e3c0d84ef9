import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findProvider, platform } from "../../../emulator/installation";

describe("the AWS provider on this machine", () => {
  let folder: string;
  let count = 0;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "mirrors-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** A mirror with these files and folders; a folder ends with a slash. */
  const mirror = (...entries: string[]): string => {
    const path = join(folder, String(++count));
    const provider = join(path, "registry.terraform.io", "hashicorp", "aws");
    mkdirSync(provider, { recursive: true });
    for (const entry of entries)
      if (entry.endsWith("/")) mkdirSync(join(provider, entry), { recursive: true });
      else writeFileSync(join(provider, entry), "");
    return path;
  };
  const packed = (version: string, of = platform) => `terraform-provider-aws_${version}_${of}.zip`;

  test("is found unpacked, as a cache has it, and packed, as `terraform providers mirror` writes it", () => {
    const unpacked = mirror(`6.24.0/${platform}/`);
    const zipped = mirror("index.json", "6.24.0.json", packed("6.24.0"));

    expect(findProvider([unpacked])).toEqual({ mirror: unpacked, providerVersion: "6.24.0" });
    expect(findProvider([zipped])).toEqual({ mirror: zipped, providerVersion: "6.24.0" });
  });

  test("is that of the project's version, where there are several", () => {
    const first = mirror(`5.100.0/${platform}/`);
    const second = mirror(`6.24.0/${platform}/`, packed("6.25.0"));

    expect(findProvider([first, second])).toEqual({ mirror: second, providerVersion: "6.25.0" });
    expect(findProvider([first])).toEqual({ mirror: first, providerVersion: "5.100.0" });
  });

  test("is not that of another platform", () => {
    expect(
      findProvider([
        mirror("6.25.0/solaris_sparc/", packed("6.25.0", "solaris_sparc"), "6.25.0.json"),
        mirror(),
        join(folder, "missing"),
      ]),
    ).toBeUndefined();
  });
});

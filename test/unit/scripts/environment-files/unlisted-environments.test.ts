import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { defineEnvironment } from "../../../../environments/environment";
import { loadEnvironments } from "../../../../environments/load";
import { ConfigurationError } from "../../../../environments/schema/problem";
import { unlistedEnvironments } from "../../../../scripts/environment-files/unlisted-environments";
import { minimal, only } from "../../../support/environments/minimal";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "environments-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const dev = defineEnvironment({ ...minimal, name: "dev" });
const qa = defineEnvironment({ ...minimal, name: "qa" });

/** Problems with these files, each with its exports, when only `dev` is listed. */
function problemsWith(files: Readonly<Record<string, object | Error>>): string[] {
  for (const file of Object.keys(files)) {
    mkdirSync(join(folder, file, ".."), { recursive: true });
    writeFileSync(join(folder, file), "");
  }
  const load = (file: string) => {
    const found = files[file.slice(folder.length + 1)];
    if (found instanceof Error) throw found;
    return found as Readonly<Record<string, unknown>>;
  };
  const problems = unlistedEnvironments({ "environments/dev.ts": dev }, load, folder);
  return problems.map(({ file, path, found, advice }) =>
    JSON.stringify([file.slice(folder.length + 1), path, found, advice.replaceAll(`${folder}/`, "")]),
  );
}

test("fails with each environment that the list lacks, whatever its export is called and wherever its file is", () => {
  const broken = defineEnvironment({ ...minimal, name: "broken", region: "nowhere" });

  expect(
    problemsWith({ "dev.ts": { dev }, "qa.ts": { default: qa }, "teams/broken.ts": { it: broken } }),
  ).toEqual([
    '["qa.ts",["name"],"qa","environments/all.ts does not list this environment, so its registry and the rules across files would be computed without it; add \\"qa.ts\\": its default export to environments/all.ts, or move the file out of environments/"]',
    '["teams/broken.ts",["name"],"broken","environments/all.ts does not list this environment, so its registry and the rules across files would be computed without it; add \\"teams/broken.ts\\": it to environments/all.ts, or move the file out of environments/"]',
  ]);
});

test("what is listed may come from any file, and files may export anything else", () => {
  expect(
    problemsWith({
      "dev.ts": { dev },
      "same.ts": { again: dev },
      "base.ts": { base: () => qa, options: { ...minimal }, ok: true, nothing: null },
      "all.ts": { definitions: { "environments/dev.ts": dev } },
      "qa.test.ts": { qa },
      "qa.d.ts": { qa },
      "notes.md": { qa },
    }),
  ).toEqual([]);
});

test("fails with a file that cannot be loaded", () => {
  expect(problemsWith({ "qa.ts": new Error("DOMAIN is not set") })).toEqual([
    '["qa.ts",[],"DOMAIN is not set","this file cannot be loaded, so it is not known whether environments/all.ts lacks an environment; correct it, or move it out of environments/"]',
  ]);
});

test("the problems of all files are reported together", () => {
  const unlisted = unlistedEnvironments({}, () => ({ qa }), touched("qa.ts"));
  const load = () => loadEnvironments(only({ ...minimal, name: "dev", accountId: "1" }), undefined, unlisted);

  expect(load).toThrow(ConfigurationError);
  expect(load).toThrow(/qa\.ts: name: found "qa".*\n.*dev\.ts: accountId: found "1"/);
});

function touched(file: string): string {
  writeFileSync(join(folder, file), "");
  return folder;
}

import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { apiReport, apiReportFile } from "../../scripts/package/api-report";
import { buildPackage, pack } from "../../scripts/package/build-package";
import { install, isInstalled } from "../support/installation";
import type { StackJson } from "../support/synth";

const root = resolve(__dirname, "../..");
const example = join(root, "examples", "registry-app");
const ownPackages = join(root, "node_modules");
const forkPackages = join(root, "test", "cdktn", "node_modules");

let temporary: string;
let unpacked: string;

beforeAll(() => {
  temporary = mkdtempSync(join(tmpdir(), "library-"));
  buildPackage(root, join(temporary, "built"));
  execFileSync("tar", ["-xzf", pack(join(temporary, "built"), temporary), "-C", temporary]);
  unpacked = join(temporary, "package");
});
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

const manifestOf = (folder: string) => JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));

/** A folder with the unpacked library, what its manifest depends on, and further packages. */
function consumer(name: string, packages: Readonly<Record<string, string>>): string {
  const folder = join(temporary, name);
  const into = (one: string) => join(folder, "node_modules", one);
  const link = (one: string, from: string) => {
    mkdirSync(dirname(into(one)), { recursive: true });
    symlinkSync(join(from, one), into(one));
  };
  for (const one of Object.keys(manifestOf(unpacked).dependencies)) link(one, ownPackages);
  for (const [one, from] of Object.entries(packages)) link(one, from);
  cpSync(unpacked, into(manifestOf(unpacked).name), { recursive: true });
  return folder;
}

/** @throws Error with what the program printed */
function node(folder: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(`${args.join(" ")}: ${stdout}${stderr}`);
  return stdout;
}

/** Type-check, compile and run the example as a module of this type, with changes to its text. */
function synthesized(
  folder: string,
  type: "module" | "commonjs",
  change = (text: string) => text,
): StackJson {
  cpSync(example, folder, { recursive: true });
  writeFileSync(join(folder, "main.ts"), change(readFileSync(join(example, "main.ts"), "utf8")));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ ...manifestOf(example), type }));
  compile(folder);
  node(folder, join("build", "main.js"));
  return JSON.parse(readFileSync(join(folder, "cdktf.out", "stacks", "registry", "cdk.tf.json"), "utf8"));
}

const compile = (folder: string) =>
  node(folder, join(ownPackages, "typescript", "bin", "tsc"), "--singleThreaded");

const runsFork = process.env["CI"] !== undefined || isInstalled(dirname(forkPackages));

const cdktf = { cdktf: ownPackages, constructs: ownPackages, "@cdktf/provider-aws": ownPackages };

describe("the packed library", () => {
  test("has the same version as the project, in the example too", () => {
    const { name, version } = manifestOf(root);

    expect(manifestOf(unpacked)).toMatchObject({ name, version });
    expect(manifestOf(example).dependencies).toMatchObject({
      [name]: `file:../../build/${name}-${version}.tgz`,
    });
  });

  test("has the public types of the report that is checked in", () => {
    const report = apiReport(unpacked, mkdtempSync(join(temporary, "report-")));

    expect(report, "run npm run package").toBe(readFileSync(join(root, apiReportFile), "utf8"));
  });

  test("compiles policies without CDKTF, from both kinds of modules", () => {
    const folder = consumer("compilers", {});
    const name = `${manifestOf(unpacked).name}/compilers`;
    const print = "console.log(keepNewest(3))";
    const policy = `${node(folder, "-e", `const { keepNewest } = require("${name}"); ${print}`)}`;

    expect(JSON.parse(policy).rules).toHaveLength(1);
    expect(node(folder, "--input-type=module", "-e", `import { keepNewest } from "${name}"; ${print}`)).toBe(
      policy,
    );
  });
});

describe("the example app", () => {
  const resources = (...args: Parameters<typeof synthesized>) => synthesized(...args)["resource"];
  let expected: Resources;

  test("has its repositories, the settings of their registry, and the grants", () => {
    expected = resources(consumer("esm", cdktf), "module");

    expect(addresses(expected)).toMatchInlineSnapshot(`
      [
        "aws_ecr_lifecycle_policy.scratch_lifecycle_policy_A3C88754",
        "aws_ecr_lifecycle_policy.web-app_lifecycle_policy_8BB09AF7",
        "aws_ecr_lifecycle_policy.worker_lifecycle_policy_6F9AA31F",
        "aws_ecr_registry_scanning_configuration.registry_scanning_5E4D0EC5",
        "aws_ecr_replication_configuration.registry_replication_B99994BC",
        "aws_ecr_repository.scratch_repository_F23900F5",
        "aws_ecr_repository.web-app_repository_DA8C3A3B",
        "aws_ecr_repository.worker_repository_3342A397",
        "aws_ecr_repository_policy.web-app_policy_9BB90D8B",
        "aws_iam_role.task",
        "aws_iam_role_policy.task_ecr_policy_768F8A33",
      ]
    `);
  });

  test("is the same from CommonJS", () => {
    expect(resources(consumer("cjs", cdktf), "commonjs")).toEqual(expected);
  });

  describe.skipIf(!runsFork)("with cdktn", () => {
    beforeAll(() => {
      if (!isInstalled(dirname(forkPackages))) install(dirname(forkPackages));
    });

    test.each(["module", "commonjs"] as const)("is the same, from a module of type %s", (type) => {
      const fork = { cdktn: forkPackages, constructs: forkPackages, "@cdktn/provider-aws": forkPackages };
      expect(resources(consumer(`cdktn-${type}`, fork), type, withCdktn)).toEqual(expected);
    });
  });
});

test("the code of the page of the library compiles", () => {
  const folder = consumer("page", cdktf);
  const page = readFileSync(join(root, "docs", "how-to", "library.md"), "utf8");
  const blocks = [...page.matchAll(/```ts\n(.*?)```/gs)].map(([, code = ""]) => code);
  cpSync(join(example, "tsconfig.json"), join(folder, "tsconfig.json"));
  writeFileSync(join(folder, "main.ts"), blocks.join("\n"));
  compile(folder);

  expect(blocks).toHaveLength(1);
});

type Resources = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const addresses = (resources: Resources): string[] =>
  Object.entries(resources).flatMap(([type, ofType]) => Object.keys(ofType).map((id) => `${type}.${id}`));

/** The example as an app of cdktn has it. */
function withCdktn(text: string): string {
  const { name } = manifestOf(unpacked);
  return text
    .replaceAll('"@cdktf/', '"@cdktn/')
    .replaceAll('"cdktf"', '"cdktn"')
    .replaceAll(`"${name}"`, `"${name}/cdktn"`);
}

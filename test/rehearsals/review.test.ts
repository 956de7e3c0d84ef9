import { spawn, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Report } from "../../scripts/review/report/report";
import { gitIn, Repository, recordNpm } from "../support/commands/repository";
import { type Ran, runCommand } from "../support/emulator/ran";
import { Workspace } from "../support/emulator/workspace";

const dev = "environments/dev.ts";
const worker = / {6}worker: \{[^}]*\},\n/;
const added = "    repositories: {\n      reports: {},\n";

/** Whether a process does something: one that has ended is listed until its parent looks at it. */
const isRunning = (pid: string): boolean =>
  /^[^Z]/.test(spawnSync("ps", ["-o", "stat=", "-p", pid], { encoding: "utf8" }).stdout.trim());

describe("npm run review", () => {
  let workspace: Workspace;
  let repository: Repository;
  let start: string;
  /** Files that a test has changed, as they were. */
  const originals = new Map<string, string>();

  beforeAll(() => {
    workspace = new Workspace();
    repository = new Repository(workspace);
    start = repository.git("rev-parse", "HEAD");
  });
  afterAll(() => workspace.remove());
  afterEach(() => {
    repository.reset();
    for (const [path, text] of originals) workspace.write(path, text);
    originals.clear();
    expect(repository.leftovers()).toEqual([]);
  });

  const read = (path: string) => readFileSync(join(workspace.folder, path), "utf8");

  /** Change a file until the end of the test. */
  function edit(path: string, from: string | RegExp, to: string) {
    if (!originals.has(path)) originals.set(path, read(path));
    workspace.edit(path, from, to);
  }

  const review = (args: readonly string[], variables = {}): Promise<Ran> =>
    workspace.command(["review", ...args], variables);
  const reportOf = ({ stdout }: Ran): Report => JSON.parse(stdout);

  /** Be at a commit whose parent is a base that no review knows, with one file changed in the base alone. */
  function atopBase(path?: string, change: (text: string) => string = (text) => text): string {
    repository.git("checkout", "--quiet", "-B", "topic");
    if (path !== undefined) writeFileSync(join(workspace.folder, path), change(read(path)));
    const base = repository.commit("feat: base");
    repository.git("checkout", "--quiet", "main", "--", ".");
    repository.commit("feat: head");
    return base;
  }

  test("says what two commits change since the branch started, in every format", async () => {
    repository.git("checkout", "--quiet", "-b", "feature");
    edit(dev, / {4}repositories: \{\n/, added);
    repository.commit("feat: a repository");
    edit(dev, "maxImageCount: 50", "maxImageCount: 60");
    repository.commit("feat: more images");
    repository.git("branch", "--force", "trunk", start);
    repository.git("checkout", "--quiet", "trunk");
    writeFileSync(join(workspace.folder, "NEWS.md"), "Something else\n");
    repository.commit("docs: elsewhere");
    repository.git("checkout", "--quiet", "feature");
    const [markdown, html] = ["build/a report.md", "build/a report.html"];

    const npm = ["npm", "run", "review", "--", "--base", "trunk"];
    const text = await workspace.run([...npm, "--markdown", markdown, "--html", html]);
    const json = await review(["--base", "trunk", "--json"]);

    expect(text.stderr).toBe("");
    expect(text.code).toBe(0);
    for (const format of [text.stdout, read(markdown), read(html)])
      expect(format).toContain("myproject-dev-reports");
    const { base, head, source, verdict, stacks } = reportOf(json);
    expect(json.code).toBe(0);
    expect(source).toBe("revisions");
    expect(base).toBe(`trunk (${start.slice(0, 12)})`);
    expect(head).toBe(repository.git("rev-parse", "HEAD").slice(0, 12));
    expect(verdict).toMatchObject({ risky: false, blocked: false });
    expect(stacks.filter(({ status }) => status !== "unchanged").map(({ stack }) => stack)).toContain(
      "compute-dev",
    );
    expect(text.stdout).toContain(verdict.text);

    const known = [1, 2, 3].map((day) => ({
      repositoryName: "myproject-dev-web-app",
      imageDigest: `sha256:${String(day).padStart(64, "0")}`,
      imagePushedAt: `2026-11-0${day}T00:00:00Z`,
    }));
    writeFileSync(join(workspace.folder, "build/web-app.json"), JSON.stringify({ imageDetails: known }));
    const withImages = await review(["--base", "trunk", "--images", "build/web-app.json"]);
    expect(withImages.stdout).toContain("myproject-dev-web-app: no further image is removed, of 3.");
  });

  test("counts changes that are not committed; what is risky ends with 2, unless only what is blocked fails", async () => {
    edit(dev, /scanOnPush: true/, "scanOnPush: false");
    const risky = await review(["--base", "main"]);

    expect(risky.code).toBe(2);
    expect(risky.stdout).toContain("with uncommitted changes");
    expect((await review(["--base", "main", "--fail-on", "blocked"])).code).toBe(0);
  });

  test("what is blocked ends with 3, until it is acknowledged by name or by label", async () => {
    edit(dev, worker, "");
    const ended = async (...args: string[]) => (await review(["--base", "main", ...args])).code;
    const blocked = await review(["--base", "main"]);
    const address = "compute-dev/aws_ecr_repository.worker";
    const acknowledge = ["--acknowledge", `repository-loss:${address}=The service was turned off in May`];
    const accepted = await review(["--base", "main", "--fail-on", "blocked", ...acknowledge]);
    const label = await review([
      ...["--base", "main", "--fail-on", "blocked"],
      ...["--labels", "bug,acknowledge/repository-loss,acknowledge/trust"],
    ]);

    expect(blocked.code).toBe(3);
    expect(blocked.stdout).toMatch(/Blocked/);
    expect(await ended("--fail-on", "blocked")).toBe(3);
    expect(await ended("--fail-on", "never")).toBe(0);
    expect(accepted.code).toBe(0);
    expect(accepted.stdout).toContain("The service was turned off in May");
    expect(label.code).toBe(0);
    expect(label.stdout).toContain("label acknowledge/trust");
    expect((await review(["--base", "main", "--labels", "acknowledge/everything"])).stderr).toContain(
      'The label "acknowledge/everything" names no gate',
    );
  });

  test("an environment that is gone abandons its stacks; a file with another name is refused", async () => {
    const list = "environments/all.ts";
    const prod = read("environments/prod.ts");
    edit(list, 'import { prod } from "./prod";\n', "");
    edit(list, '  "environments/prod.ts": prod,\n', "");
    rmSync(join(workspace.folder, "environments/prod.ts"));
    const removed = await review(["--base", "main", "--json"]);
    workspace.write("environments/production.ts", prod);
    edit(list, 'from "./dev";\n', 'from "./dev";\nimport { prod } from "./production";\n');
    edit(list, "dev,\n", 'dev,\n  "environments/production.ts": prod,\n');
    const renamed = await review(["--base", "main", "--json"]);

    const { stacks, verdict } = reportOf(removed);
    expect(stacks.filter(({ status }) => status === "gone").map(({ stack }) => stack)).toContain(
      "compute-prod",
    );
    expect(verdict.risky).toBe(true);
    expect(renamed).toMatchObject({ code: 1, stdout: "" });
    expect(renamed.stderr).toContain("rename the file to environments/prod.ts or change the name");
  });

  test("a report for a folder that does not exist is refused before anything is done", async () => {
    const { code, stderr } = await review(["--base", "main", "--markdown", "no such folder/review.md"]);

    expect(code).toBe(1);
    expect(stderr).toContain("The folder no such folder does not exist; create it first.");
  });

  test("a base that there is not, and a folder without git, are one sentence", async () => {
    const missing = await review(["--base", "origin/release"]);
    renameSync(join(workspace.folder, ".git"), join(workspace.folder, ".hidden"));
    const elsewhere = await review(["--base", "main"]).finally(() =>
      renameSync(join(workspace.folder, ".hidden"), join(workspace.folder, ".git")),
    );

    expect(missing).toMatchObject({
      ...{ code: 1, stdout: "" },
      stderr: "--base origin/release: no such branch, tag or commit; fetch it, e.g. with git fetch origin\n",
    });
    expect(elsewhere).toMatchObject({ code: 1, stdout: "" });
    expect(elsewhere.stderr).toMatch(
      /^This folder is not in a git repository, so there is no base to compare with\.\ngit: fatal: not a git repository.*\n$/,
    );
  });

  test("a base that cannot be synthesized says why, and is synthesized again the next time", async () => {
    const base = atopBase(dev, (text) => text.replace("maxImageCount: 50", "maxImageCount: 0"));
    const { code, stdout, stderr } = await review(["--base", base]);

    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(
      `The base ${base.slice(0, 12)} cannot be synthesized, so there is nothing to compare with; choose another --base, or correct the base first. It says:\nenvironments/dev.ts:`,
    );
    expect(stderr).toContain('ecr.repositories["web-app"].maxImageCount: found 0');
    expect(existsSync(join(workspace.folder, `build/review/${base}.json`))).toBe(false);
  });

  test("a base with another package-lock.json gets packages of its own; it is synthesized once", async () => {
    const base = atopBase("package-lock.json", (text) => `${text}\n`);
    const ci = "ci --ignore-scripts --no-audit --no-fund";
    // As a hook before a commit runs it.
    const hook = { GIT_DIR: ".git", GIT_INDEX_FILE: ".git/index" };
    const failing = recordNpm(workspace, 'case "$1" in ci) echo "npm error network" >&2; exit 1;; esac');
    const failed = await review(["--base", base], failing.variables);
    expect(failing.starts()).toEqual([ci]);
    const modules = join(workspace.folder, "node_modules");
    const linking = recordNpm(workspace, `case "$1" in ci) ln -s "${modules}" node_modules; exit 0;; esac`);
    const first = await review(["--base", base, "--json"], { ...hook, ...linking.variables });
    expect(linking.starts()).toEqual([ci, "run --silent synth"]);
    const last = recordNpm(workspace);
    const second = await review(["--base", base, "--json"], last.variables);
    expect(last.starts()).toEqual([]);

    expect(failed).toMatchObject({ code: 1, stdout: "" });
    expect(failed.stderr).toBe(
      "The base has another package-lock.json; installing its packages.\nThe base has another package-lock.json, and npm cannot install its packages; correct what npm says, and rerun the command.\nnpm error network\n",
    );
    expect(first.code, first.stderr).toBe(0);
    expect(second).toEqual({ ...first, stderr: "" });
    expect(existsSync(join(workspace.folder, `build/review/${base}.json`))).toBe(true);
    expect(existsSync(join(modules, "cdktf"))).toBe(true);
  });

  test.each([
    { signal: "SIGINT", code: 130 },
    { signal: "SIGTERM", code: 143 },
  ] as const)(
    "$signal stops the synthesis of the base, and removes its worktree",
    async ({ signal, code }) => {
      const base = atopBase();
      const pid = join(workspace.folder, "build/npm-recorder/pid");
      rmSync(pid, { force: true });
      const { variables } = recordNpm(
        workspace,
        `sleep 300 & echo $! > "${pid}.new"; mv "${pid}.new" "${pid}"; wait`,
      );
      await workspace.compile();
      const child = spawn(process.execPath, [...workspace.program("review"), "--base", base], {
        ...{ cwd: workspace.folder, env: workspace.environment(variables), detached: true },
        stdio: ["ignore", "ignore", "pipe"],
      });
      let stderr = "";
      child.stderr.on("data", (data: Buffer) => (stderr += data.toString()));
      const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
      while (!existsSync(pid) && child.exitCode === null) await setTimeout(100);
      expect(repository.leftovers()).toHaveLength(2);
      process.kill(-(child.pid ?? 0), signal);

      expect(await ended, stderr).toBe(code);
      expect(stderr).toBe("Stopped. There is no review.\n");
      expect(isRunning(readFileSync(pid, "utf8").trim())).toBe(false);
    },
  );

  describe("elsewhere", () => {
    let folder: string;

    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), "other folders "));
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    /** Run the review in another copy of the project, with the programs of the workspace. */
    function reviewIn(project: string, args: readonly string[]): Promise<Ran> {
      symlinkSync(join(workspace.folder, "node_modules"), join(project, "node_modules"));
      cpSync(join(workspace.folder, "build"), join(project, "build"), {
        recursive: true,
        filter: (file) => !file.includes("build/review"),
      });
      const command = [process.execPath, ...workspace.program("review"), ...args];
      return runCommand(command, { cwd: project, env: workspace.environment() });
    }

    test("a shallow clone says that it is one", async () => {
      repository.commit("feat: another");
      const clone = join(folder, "a shallow clone");
      gitIn(folder, "clone", "--quiet", "--depth", "1", `file://${workspace.folder}`, clone);
      const first = await reviewIn(clone, ["--base", start]);
      gitIn(clone, "fetch", "--quiet", "--depth", "1", "origin", start);
      rmSync(join(clone, "node_modules"));
      const second = await reviewIn(clone, ["--base", start]);

      expect(first).toMatchObject({ code: 1, stdout: "" });
      expect(first.stderr).toBe(
        `--base ${start}: no such branch, tag or commit in this shallow clone; fetch it, e.g. with git fetch origin\n`,
      );
      expect(second.stderr).toMatch(
        /^--base [0-9a-f]{40}: this shallow clone does not have the commit that it and HEAD have in common; .*\n$/,
      );
    });

    test("a project in a folder of a repository, with spaces in its path", async () => {
      const top = join(folder, "all of it");
      const project = join(top, "our platform");
      gitIn(folder, "clone", "--quiet", workspace.folder, project);
      rmSync(join(project, ".git"), { recursive: true });
      mkdirSync(join(top, "other"));
      writeFileSync(join(top, "other/file"), "");
      gitIn(top, "init", "--quiet", "--initial-branch=main");
      gitIn(top, "add", "--all");
      gitIn(top, "commit", "--quiet", "--message", "chore: start");
      const { code, stdout, stderr } = await reviewIn(project, [
        "--base",
        "main",
        "--json",
        "--markdown",
        "a b.md",
      ]);

      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(reportOf({ stdout } as Ran).stacks.filter(({ status }) => status !== "unchanged")).toEqual([]);
      expect(readFileSync(join(project, "a b.md"), "utf8")).not.toBe("");
      expect(gitIn(top, "worktree", "list").split("\n")).toHaveLength(1);
    });
  });
});

import { spawn } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { savedPlans } from "../support/commands/planned";
import { recordTerraform } from "../support/commands/recorder";
import { devOutputs, devStacks, simulated } from "../support/commands/simulated-terraform";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import { Workspace } from "../support/emulator/workspace";

/** `diff` plans stacks side by side. */
describeWithTerraform("parallel plans", () => {
  let workspace: Workspace;
  let log: string;

  beforeAll(async () => {
    workspace = new Workspace();
    workspace.edit("environments/dev.ts", /state: \{.*\}/, 'state: { backend: "local" }');
    await workspace.compile();
    log = join(workspace.folder, "plans");
  });
  afterAll(() => workspace.remove());

  const recorded = (plan: string) => {
    writeFileSync(log, "");
    return recordTerraform(workspace, simulated({ outputs: devOutputs, plan })).variables;
  };
  const diff = (plan: string, ...flags: string[]) =>
    workspace.command(["diff", "dev", ...flags], recorded(plan));
  const logged = () => readFileSync(log, "utf8").split("\n").filter(Boolean);

  /** Waits until `count` plans run at once, and a second longer for one too many; gives up after 20 seconds. */
  const overlapping = (count: number) => `echo start >> "${log}"
for i in $(seq 100); do test $(grep -c start "${log}") -ge ${count} && break; sleep 0.2; done
sleep 1; echo end >> "${log}"; exit 0`;
  const mostAtOnce = () => {
    let current = 0;
    return Math.max(...logged().map((line) => (current += line === "start" ? 1 : -1)));
  };

  test.each([
    ["two at a time", [], 2],
    ["as many at a time as asked for", ["--concurrency", "3"], 3],
    ["one at a time", ["--concurrency=1"], 1],
  ])("stacks are planned %s", async (_, flags, expected) => {
    const { code, stderr } = await diff(overlapping(expected), ...flags);

    expect(code, stderr).toBe(0);
    expect(mostAtOnce()).toBe(expected);
  });

  test.each(["0", "two", "1.5"])("fails when the concurrency is %s", async (value) => {
    const { code, stderr } = await diff("exit 0", "--concurrency", value);

    expect(code).toBe(1);
    expect(stderr).toContain("Use a whole number of at least 1.");
  });

  test("what the plan of a stack prints is shown whole and in the order of the stacks, with its time", async () => {
    const slowFirst = `echo "begin of $stack"; test "$stack" = security-dev && sleep 3; echo "end of $stack"; exit 0`;

    const { code, stdout } = await diff(slowFirst);

    expect(code).toBe(0);
    const blocks = devStacks.map(
      (stack, index) =>
        `\n[${index + 1}/4] plan ${stack}\nbegin of ${stack}\nend of ${stack}\n${stack}: no changes (# s)\n`,
    );
    expect(stdout.replaceAll(/\(\d+ s\)/g, "(# s)")).toBe(`${blocks.join("")}\nNo changes. (# s)\n`);
  });

  test("a failure in one stack does not hide what the others print", async () => {
    const plan = `echo "plan of $stack"; test "$stack" = network-dev && { echo "wrong CIDR" >&2; exit 1; }; exit 0`;

    const { code, stdout, stderr } = await diff(plan);

    expect(code).toBe(1);
    for (const stack of devStacks) expect(stdout).toContain(`plan of ${stack}\n`);
    expect(stdout).toMatch(/\nnetwork-dev: failed \(\d+ s\)\n/);
    expect(stdout).not.toContain("No changes.");
    // No AWS answers the stacks that were planned.
    const ofTerraform = stderr.replaceAll(
      /^Settings made outside Terraform could not be checked: .*\n/gm,
      "",
    );
    expect(ofTerraform).toBe("wrong CIDR\nnetwork-dev: terraform plan failed with exit code 1.\n");
  });

  test("no two stacks are initialized at once, or while another one is planned", async () => {
    rmSync(join(workspace.folder, "cdktf.out"), { recursive: true, force: true });
    writeFileSync(log, "");
    const init = `if test "$2" = init; then echo start >> "${log}"; sleep 0.5; echo end >> "${log}"; exit 0; fi`;
    const terraform = recordTerraform(
      workspace,
      `${init}\necho "$2" >> "${log}"\n${simulated({ outputs: devOutputs })}`,
    );

    const { code } = await workspace.command(["diff", "dev", "--concurrency", "4"], terraform.variables);

    expect(code).toBe(0);
    const [once, output] = [["start", "end"], ["output"]];
    expect(logged()).toEqual([once, output, once, output, once, once, Array(4).fill("plan")].flat());
  });

  test.each(["SIGTERM", "SIGINT"] as const)(
    "%s reaches all plans, and no further one starts",
    async (signal) => {
      const name = signal.slice(3);
      const plan = `trap 'echo received $stack >> "${log}"; echo "stopped $stack"; exit 1' ${name}
echo start >> "${log}"; sleep 60 >/dev/null 2>&1 & wait`;
      // npm is left out, and the process has its own group, so that this can send what a terminal sends.
      const diffProcess = spawn(process.execPath, [...workspace.program("diff"), "dev"], {
        cwd: workspace.folder,
        env: workspace.environment(recorded(plan)),
        detached: true,
      });
      let stdout = "";
      let stderr = "";
      diffProcess.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
      diffProcess.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
      await vi.waitUntil(() => logged().length === 2, 240_000);

      // A terminal sends Ctrl-C to every process; SIGTERM reaches only the first.
      process.kill(signal === "SIGINT" ? -Number(diffProcess.pid) : Number(diffProcess.pid), signal);
      const code = await new Promise((resolve) => diffProcess.on("close", resolve));

      expect(code).toBe(1);
      expect(logged().slice(2).toSorted()).toEqual(["received network-dev", "received security-dev"]);
      expect(stdout).toContain("stopped security-dev\n");
      expect(stdout).toContain("stopped network-dev\n");
      expect(stderr).toContain("security-dev: terraform plan failed with exit code 1.\n");
      expect(stderr.match(new RegExp(`Received ${signal}`, "g"))).toHaveLength(1);
      expect(savedPlans(workspace)).toEqual([]);
    },
  );
});

import { afterAll, beforeAll, expect, test } from "vitest";
import { RunningTrial } from "../support/commands/running-trial";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import { Workspace } from "../support/emulator/workspace";

/** A trial of everything: two deployments of all layers, so it takes minutes. The tests build on each other. */
describeWithTerraform("npm run try -- dev --all", () => {
  let workspace: Workspace;
  let trial: RunningTrial;

  beforeAll(() => {
    workspace = new Workspace();
    trial = new RunningTrial(workspace);
  });
  afterAll(async () => {
    await trial.beside(["--down"]);
    trial.remove();
    workspace.remove();
  });

  test("it deploys every layer, and the consumers once their images are there", async () => {
    await trial.start(["dev", "--all"]);
    const printed = await trial.until(/--down\n/);
    const deployed = [...printed.matchAll(/^Deploy: (\S+): applied/gm)].map(([, stack]) => stack);

    expect(deployed).toEqual([
      ...["security-dev", "network-dev", "registry-123456789012-us-east-1", "compute-dev"],
      "compute-dev",
    ]);
    expect(printed).toMatch(/^Deploy: compiling and checking the copy\n/m);
  });

  test("what is deployed is what the plan of everything has, and doctor finds the network", async () => {
    const diff = await trial.beside(["exec", "node", "run.cjs", "scripts/diff", "dev", "--layer", "network"]);
    expect(diff.code, diff.stdout + diff.stderr).toBe(0);

    const services = await trial.beside([
      ...["exec", "node", "run.cjs", "scripts/ecr", "doctor", "--env", "dev", "--json"],
    ]);
    const { findings } = JSON.parse(services.stdout) as {
      findings: { check: string; state: string; text: string }[];
    };
    const of = (check: string) => findings.filter((one) => one.check === check);
    expect(of("contracts")).toMatchObject([
      {
        state: "ok",
        text: expect.stringMatching(/^The states have the \d+ values that other layers read\.$/),
      },
    ]);
    expect(of("network")).toMatchObject([{ state: "ok" }]);
    expect(of("images").filter(({ state }) => state === "problem" || state === "unknown")).toEqual([]);
  });

  test("Ctrl-C ends it, and nothing is left", async () => {
    trial.signal("SIGINT");
    await trial.end();

    expect(await trial.left()).toEqual({ files: [], processes: [] });
  });
});

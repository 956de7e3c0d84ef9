import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { RunningTrial } from "../support/commands/running-trial";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import { Workspace } from "../support/emulator/workspace";

const names = ["api-service", "lambda-processor", "web-app", "worker"];

/** Every file of a copy of the project, without what the compiler keeps. */
const filesOf = ({ folder }: Workspace): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => !/^(?:build|node_modules)(?:\/|$)/.test(file))
    .toSorted();

const brokenTerraform = `#!/bin/sh
[ "$1" = version ] && exit 0
echo "This Terraform can do nothing else." >&2
exit 1
`;

/** A value of PATH where there are only some of the programs that are on PATH now. */
function onlyPrograms({ folder }: Workspace, programs: readonly string[]): string {
  const bin = join(folder, "build", "only");
  mkdirSync(bin);
  for (const program of programs) {
    const found = (process.env["PATH"] ?? "")
      .split(delimiter)
      .find((path) => existsSync(join(path, program)));
    symlinkSync(join(found ?? "", program), join(bin, program));
  }
  return bin;
}

/** The trial of a newcomer, from its start to its end. The tests build on each other, in this order. */
describeWithTerraform("npm run try", () => {
  let workspace: Workspace;
  let trial: RunningTrial;
  let before: string[];

  beforeAll(() => {
    workspace = new Workspace();
    trial = new RunningTrial(workspace);
    before = filesOf(workspace);
  });
  afterAll(async () => {
    await trial.beside(["--down"]);
    trial.remove();
    workspace.remove();
  });

  test("a command of a trial needs one", async () => {
    expect(await trial.beside(["exec", "true"])).toMatchObject({
      code: 1,
      stderr: "No trial of this project is running. Start one in another terminal: npm run try\n",
    });
    expect(await trial.beside(["--down"])).toMatchObject({
      code: 0,
      stdout: "No trial of this project is running.\n",
    });
  });

  test("it deploys the registries of dev, and prints their URLs", async () => {
    await trial.start([]);
    const printed = await trial.until(/--down\n/);

    for (const name of names)
      expect(printed).toMatch(
        new RegExp(
          `  ${name} +123456789012\\.dkr\\.ecr\\.us-east-1\\.amazonaws\\.com/myproject-dev-${name}\n`,
        ),
      );
    expect(printed).toMatch(/^Emulator: http:\/\/127\.0\.0\.1:\d+ /m);
    expect(printed).not.toContain("network-dev");
  });

  test("every command of the tour can be pasted, and shows what it says", async () => {
    const printed = await trial.until(/--down\n/);
    const commands = [...printed.matchAll(/^ {4}(npm run --silent try -- exec .*)$/gm)].map(
      ([, command = ""]) => command,
    );
    const shown: [RegExp, number, string][] = [
      [/registry explain/, 0, "web-app"],
      [/lifecycle preview/, 0, "myproject-dev-lambda-processor: 13 images, 3 expire"],
      [/scan-gate/, 2, "api-service:v1.0.0 fails: 1 finding is LOW or worse."],
      [/plan/, 3, "BLOCKED by tag-mutability: compute-dev: myproject-dev-worker"],
      [/deploy/, 0, "compute-dev: applied"],
    ];

    expect(commands).toHaveLength(shown.length);
    for (const [index, [pattern, code, text]] of shown.entries()) {
      const command = commands[index] ?? "";
      expect(command).toMatch(pattern);
      const ran = await trial.paste(command);
      expect(ran.code, `${command}\n${ran.stdout}${ran.stderr}`).toBe(code);
      expect(ran.stdout).toContain(text);
    }
  });

  test("the tutorial can be followed in it, with what it prints", async () => {
    const page = readFileSync("docs/tutorial.md", "utf8");
    const commands = page.match(/^npm run --silent try -- exec npm .*$/gm) ?? [];
    const [wrong = "", right = ""] = page.match(/^"my-app": .*$/gm) ?? [];
    const file = /\S+\/environments\/dev\.ts/.exec(await trial.until(/--down\n/))?.[0] ?? "";
    const declare = (from: string, to: string) =>
      writeFileSync(file, readFileSync(file, "utf8").replace(from, to));
    const steps: [RegExp, number, RegExp, (() => void)?][] = [
      [/ images /, 0, /^v1\.0\.0\t/m],
      [/ scan-findings /, 2, /1 finding is HIGH or worse\./],
      [/ synth$/, 1, /did you mean "IMMUTABLE"/, () => declare("worker: {", `${wrong}\nworker: {`)],
      [/ synth$/, 0, /compute-dev/, () => declare(wrong, right)],
      [/ deploy /, 0, /compute-dev +2 created/],
      [/ push-commands /, 0, /^docker push "\S+\/myproject-dev-my-app:v1\.0\.0"$/m],
      [
        / promote --from dev --to dev --repository my-app /,
        3,
        /The gate refuses api-service:v1\.0\.0; nothing was copied\./,
      ],
      [/ promote .* --severity CRITICAL/, 0, /1 image was copied to myproject-dev-my-app\./],
      [/ image-exists /, 0, /^sha256:[0-9a-f]{64}$/m],
      [/ images .* my-app$/, 0, /^v1\.0\.0\t/m],
      [/ lifecycle preview /, 0, /13 images, 3 expire/],
    ];

    expect(commands).toHaveLength(steps.length);
    for (const [index, [pattern, code, text, edit]] of steps.entries()) {
      const command = commands[index] ?? "";
      expect(command).toMatch(pattern);
      edit?.();
      const { stdout, stderr, ...ran } = await trial.paste(command);
      expect(ran.code, `${command}\n${stdout}${stderr}`).toBe(code);
      expect(stdout + stderr).toMatch(text);
    }
  });

  test("its commands see nothing of the user's settings", async () => {
    const { stdout } = await trial.beside(["exec", "env"]);
    const seen = stdout.split("\n").filter((line) => /^(?:AWS|TF|CDKTF)_/.test(line));

    expect(seen.map((line) => line.replace(/=.*/, "")).toSorted()).toEqual([
      "AWS_ACCESS_KEY_ID",
      "AWS_CONFIG_FILE",
      "AWS_DEFAULT_REGION",
      "AWS_EC2_METADATA_DISABLED",
      "AWS_ENDPOINT_URL",
      "AWS_PAGER",
      "AWS_REGION",
      "AWS_SECRET_ACCESS_KEY",
      "AWS_SESSION_TOKEN",
      "AWS_SHARED_CREDENTIALS_FILE",
      "TF_CLI_CONFIG_FILE",
      "TF_PLUGIN_CACHE_DIR",
    ]);
    expect(stdout).toMatch(/^AWS_ENDPOINT_URL=http:\/\/127\.0\.0\.1:\d+$/m);
    expect(stdout).not.toMatch(/real|AKIAIOSFODNN7EXAMPLE|eu-west-3|192\.0\.2\.1/);
  });

  test("a command ends with its own exit code, or with why it could not be started", async () => {
    expect(await trial.beside(["exec", "--", "sh", "-c", "exit 7"])).toMatchObject({ code: 7 });
    expect((await trial.beside(["exec", "no-such-program"])).stderr).toMatch(
      /^no-such-program could not be started: /,
    );
  });

  test("fails when another one of the same project runs, and leaves that alone", async () => {
    const second = await trial.beside([]);

    expect(second).toMatchObject({
      code: 1,
      stderr:
        "A trial of this project is running already. Use it from any terminal in this folder, or end it with: npm run try -- --down\n",
    });
    expect((await trial.beside(["exec", "true"])).code).toBe(0);
  });

  test("--down in another terminal ends it, and nothing is left", async () => {
    const down = await trial.beside(["--down"]);
    const ended = await trial.end();

    expect(down).toMatchObject({ code: 0, stdout: "The trial has ended, and nothing of it is left.\n" });
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(await trial.left()).toEqual({ files: [], processes: [] });
    expect(filesOf(workspace)).toEqual(before);
  });
});

describeWithTerraform("the end of npm run try", () => {
  let workspace: Workspace;
  let trial: RunningTrial;
  let before: string[];

  beforeAll(() => {
    workspace = new Workspace();
    workspace.write("broken-terraform", brokenTerraform);
    chmodSync(`${workspace.folder}/broken-terraform`, 0o755);
    trial = new RunningTrial(workspace);
    before = filesOf(workspace);
  });
  afterAll(() => {
    trial.remove();
    workspace.remove();
  });

  test.each([
    ["SIGINT", /^Emulator: /m, 130],
    ["SIGTERM", /^Deploy: /m, 143],
    ["SIGHUP", /^AWS provider /m, 129],
  ] as const)("%s during the deployment leaves nothing", async (signal, moment, code) => {
    await trial.start([]);
    await trial.until(moment);
    trial.signal(signal);
    trial.signal(signal);
    const ended = await trial.end();

    expect(ended).toMatchObject({ code, stderr: "Stopped before the trial was ready.\n" });
    expect(await trial.left()).toEqual({ files: [], processes: [] });
    expect(filesOf(workspace)).toEqual(before);
  });

  test("the next one removes what a killed one has left", async () => {
    await trial.start([]);
    await trial.until(/^Emulator: /m);
    trial.signal("SIGKILL");
    await trial.end();
    const leftover = (await trial.left()).files;
    const down = await trial.beside(["--down"]);

    expect(leftover).toHaveLength(1);
    expect(down.code).toBe(0);
    expect((await trial.left()).files).toEqual([]);
  });

  test("a failure leaves nothing, and shows what Terraform printed", async () => {
    await trial.start([], { TERRAFORM_BINARY_NAME: `${workspace.folder}/broken-terraform` });
    const ended = await trial.end();

    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain("This Terraform can do nothing else.");
    expect(ended.stderr).toMatch(/\ndev was not deployed to the emulator\.\n$/);
    expect(await trial.left()).toEqual({ files: [], processes: [] });
  });

  test("fails when the provider is not on the machine and cannot be downloaded", async () => {
    await trial.start([], { TF_PLUGIN_MIRROR: trial.temporary, HTTPS_PROXY: "http://127.0.0.1:1" });
    const ended = await trial.end();

    expect(ended.stdout).toMatch(
      /^AWS provider: not on this machine, so Terraform downloads it for this trial/m,
    );
    expect(ended.stderr).toContain("Terraform cannot download the AWS provider; check the network or proxy");
    expect(ended.code).toBe(1);
    expect(await trial.left()).toEqual({ files: [], processes: [] });
  });

  test("fails when there is no moto, with the ways to get it", async () => {
    await trial.start([], { PATH: onlyPrograms(workspace, ["node", "terraform"]) });
    const { code, stderr } = await trial.end();

    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^The emulator is moto 5\.2\.1, and moto is not installed\. To get it, run one of these/,
    );
    expect(stderr).toMatch(/^ {2}pip: .*moto\[server\]==5\.2\.1/m);
    expect(stderr).toMatch(/^ {2}container: .*motoserver\/moto:5\.2\.1/m);
  });

  test("a port that something else uses", async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, "127.0.0.1", () => resolve((server.address() as { port: number }).port));
    });
    const { code, stderr } = await trial.beside(["--port", String(port)]);
    server.close();

    expect([code, stderr]).toEqual([
      1,
      `Port ${port} of 127.0.0.1 is in use; choose another one with --port, or leave it out for a free one.\n`,
    ]);
  });
});

describe("what npm run try refuses", () => {
  let workspace: Workspace;
  let trial: RunningTrial;

  beforeAll(() => {
    workspace = new Workspace();
    trial = new RunningTrial(workspace);
  });
  afterAll(() => {
    trial.remove();
    workspace.remove();
  });

  test("an endpoint that is not on this machine", async () => {
    const { code, stderr } = await trial.beside(["--endpoint", "https://ecr.us-east-1.amazonaws.com"]);

    expect(code).toBe(1);
    expect(stderr).toBe(
      "--endpoint https://ecr.us-east-1.amazonaws.com: ecr.us-east-1.amazonaws.com is not this machine. A trial talks only to 127.0.0.1, [::1] or localhost, so that it can never reach AWS.\n",
    );
  });

  test("an environment that does not exist", async () => {
    const { code, stderr } = await trial.beside(["prd"]);

    expect([code, stderr]).toEqual([1, 'There is no environment "prd"; did you mean "prod"?\n']);
  });

  test("a machine without Terraform", async () => {
    const { code, stderr } = await trial.beside([], { TERRAFORM_BINARY_NAME: "no-terraform" });

    expect([code, stderr]).toEqual([
      1,
      'Terraform could not be started as "no-terraform"; install Terraform 1.11 or later (https://developer.hashicorp.com/terraform/install), or set TERRAFORM_BINARY_NAME.\n',
    ]);
  });

  test("a port that is none", async () => {
    const { code, stderr } = await trial.beside(["--port", "0"]);

    expect([code, stderr]).toEqual([
      1,
      "error: option '--port <number>' argument '0' is invalid. Use a whole number, 1 to 65535.\n",
    ]);
  });
});

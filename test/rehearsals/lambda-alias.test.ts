import { CloudWatchClient, PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { GetAliasCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientConfig } from "../../emulator/client-config";
import { EmulatedAccount } from "../support/emulator/emulated-account";
import { writeEnvironments } from "../support/emulator/environment-files";
import type { Ran } from "../support/emulator/ran";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";

const name = "acme-trial-resize";

/** An environment with one function, whose images a pipeline deploys after the first. */
const environmentWith = (image: object, options: object = {}) => ({
  project: "acme",
  security: { kms: { deletionWindowInDays: 7 } },
  ecr: { repositories: { resize: { enableLambdaPull: true, forceDelete: true } } },
  lambda: {
    functions: {
      resize: {
        image: { repository: "resize", managedBy: "pipeline", ...image },
        alias: "live",
        environment: { LEVEL: "info" },
        ...options,
      },
    },
  },
});

/** A function behind an alias, from its first deployment on. The tests build on each other, in this order. */
describeWithTerraform("lambda deploy", () => {
  let account: EmulatedAccount;
  let first: string;

  const command = (...args: string[]): Promise<Ran> => account.workspace.command(args);
  const lambdaDeploy = (digest: string, ...args: string[]) =>
    command("ecr", "lambda", "deploy", "--env", "trial", "--function", "resize", "--digest", digest, ...args);
  const config = () => clientConfig(account.variables);
  const alias = async () => {
    const { FunctionVersion, RoutingConfig } = await new LambdaClient(config()).send(
      new GetAliasCommand({ FunctionName: name, Name: "live" }),
    );
    return [FunctionVersion, RoutingConfig?.AdditionalVersionWeights ?? {}];
  };

  beforeAll(async () => {
    account = await EmulatedAccount.open("123456789012");
    writeEnvironments(account.workspace, { trial: environmentWith({ awaitsFirstPush: true }) });
    const layers = ["--layer", "security", "--layer", "compute"];
    const { code, stdout, stderr } = await command("deploy", "trial", ...layers, "--auto-approve");
    expect(code, stdout + stderr).toBe(0);
    first = await account.images.push(name, "v1");
    writeEnvironments(account.workspace, { trial: environmentWith({ digest: first }) });
    const again = await command("deploy", "trial", "--layer", "compute", "--auto-approve");
    expect(again.code, again.stdout + again.stderr).toBe(0);
  });
  afterAll(() => account.close());

  test("Terraform creates the function with the first image, and the alias names version 1", async () => {
    expect(await alias()).toEqual(["1", {}]);
  });

  test("another image gets a version, and then the alias", async () => {
    const digest = await account.images.push(name, "v2");
    const { code, stdout, stderr } = await lambdaDeploy(digest, "--steps", "50", "--seconds", "1", "--json");

    expect(code, stdout + stderr).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      ...{ function: name, alias: "live", digest, from: "1", to: "2", outcome: "moved" },
    });
    expect(stderr).toBe(
      `${name}: version 2 has the image\n${name}: version 2 has 50 % of the traffic\n${name}: version 2 has 100 % of the traffic\n`,
    );
    expect(await alias()).toEqual(["2", {}]);
    expect((await account.lambda.function(name)).ImageUri).toContain(digest);
  });

  test("Terraform leaves both as they are, also when it changes something else", async () => {
    const { code, stdout, stderr } = await command("diff", "trial", "--layer", "compute");
    expect(code, stdout + stderr).toBe(0);
    expect(stdout).toMatch(
      /Lambda function "resize" runs .*@sha256:\w+ \(v2\) since 20.*Z\n {2}Terraform would start with /,
    );
    const status = await command("ecr", "lambda", "status", "--env", "trial");
    expect(status.stdout, status.stderr).toMatch(/^Lambda function "resize" runs .*\(v2\)/);

    writeEnvironments(account.workspace, { trial: environmentWith({ digest: first }, { memorySize: 1024 }) });
    const changed = await command("deploy", "trial", "--layer", "compute", "--auto-approve");
    expect(changed.code, changed.stdout + changed.stderr).toBe(0);
    expect(await alias()).toEqual(["2", {}]);
  });

  test("errors of a new version roll the alias back", async () => {
    const digest = await account.images.push(name, "v3");
    const Dimensions = [
      { Name: "FunctionName", Value: name },
      { Name: "Resource", Value: `${name}:live` },
      { Name: "ExecutedVersion", Value: "4" },
    ];
    await new CloudWatchClient(config()).send(
      new PutMetricDataCommand({
        Namespace: "AWS/Lambda",
        MetricData: [
          { MetricName: "Errors", Dimensions, Value: 3, Timestamp: new Date(Date.now() + 20_000) },
        ],
      }),
    );
    const { code, stdout, stderr } = await lambdaDeploy(digest, "--seconds", "1");

    expect(code, stdout + stderr).toBe(2);
    expect(stdout).toBe(
      `${name}: version 4 has had 3 errors, so the alias live was rolled back to version 2. Version 4 remains, without traffic.\n`,
    );
    expect(await alias()).toEqual(["2", {}]);
  });

  test("fails before anything changes, when there is no such image, alarm or function", async () => {
    const missing = await lambdaDeploy(`sha256:${"0".repeat(64)}`);
    const alarm = await lambdaDeploy(first, "--alarm", "none");
    const named = await command(
      "ecr",
      "lambda",
      "deploy",
      "--env",
      "trial",
      "--function",
      "resise",
      "--digest",
      first,
    );

    expect([missing, alarm, named].map(({ code }) => code)).toEqual([1, 1, 1]);
    expect(missing.stderr).toContain("push it first");
    expect(alarm.stderr).toContain("There is no alarm none; create it first");
    expect(named.stderr).toContain('There is no function "resise" in trial; did you mean "resize"?');
    expect(await alias()).toEqual(["2", {}]);
  });
});

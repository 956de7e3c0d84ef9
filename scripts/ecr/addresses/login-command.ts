import { type Command, Option } from "commander";
import type { Environment } from "../../../environments/plan/environment";
import { hasPublicRepositories } from "../../../environments/plan/public-repositories";
import { replicaRegions } from "../../../environments/plan/replicas";
import { CommandError } from "../../runner/command";
import { chosenEnvironment, type VerbHelp, type VerbOptions, verb, writeResult } from "../verb";
import { chosenHost, type EndpointOptions, endpointOption } from "./endpoint-option";
import {
  credentialHelperSettings,
  type LoginClient,
  loginClients,
  loginCommand,
  publicHost,
  publicLoginCommand,
} from "./login-commands";

interface LoginOptions extends VerbOptions, EndpointOptions {
  readonly client: LoginClient | "credential-helper";
  readonly region?: string;
  readonly run?: boolean;
  readonly password?: boolean;
}

const help: VerbHelp = {
  notes: `Without --run and --password it needs no credentials: it prints commands, or settings, and changes nothing.
The password is valid for 12 hours. With --run it goes straight to the program: it is neither printed nor an argument.
credential-helper prints settings for ~/.docker/config.json, with which Docker needs no login at all:
https://github.com/awslabs/amazon-ecr-credential-helper`,
  silent: true,
  exitCodes: { 0: "printed, or logged in", 1: "the login failed" },
  examples: [
    "--env dev",
    "--env dev --run",
    "--env prod --client helm --region us-west-2",
    "--env dev --client credential-helper",
  ],
};

/** `login`: log in to the registry of an environment, or print how. */
export function loginCommandOf(): Command {
  return verb("login", "Print the command that logs in to the registry, or run it.", help)
    .addOption(
      new Option("--client <program>", "program that logs in, or credential-helper for settings")
        .choices([...loginClients, "credential-helper"])
        .default("docker"),
    )
    .option("--region <region>", "Region in which the environment has replicas")
    .addOption(endpointOption())
    .addOption(new Option("--run", "log in now, with a password from AWS").conflicts(["password", "json"]))
    .addOption(
      new Option("--password", "print the password alone, to be piped into another program").conflicts(
        "json",
      ),
    )
    .action(async (options: LoginOptions) => {
      const environment = chosenEnvironment(options);
      const { client, run = false, password = false } = options;
      const registry = registryOf(environment, options.region);
      const host = chosenHost(registry, options.endpoint);
      if (!run && !password) return print(environment, host, registry.region, options);
      if (run && client === "credential-helper")
        throw new CommandError(
          "--run: the credential helper needs no login; print its settings without --run",
        );
      const { AccountConnection, logIn, passwordFor } = await live();
      const secret = await passwordFor(await AccountConnection.open(environment), registry.region);
      if (password) process.stdout.write(`${secret}\n`);
      else await logIn(client as LoginClient, host, secret);
    });
}

/** The registry of the environment, or the one in a Region where it has replicas. */
function registryOf(environment: Environment, region: string = environment.region) {
  const regions = [environment.region, ...replicaRegions(environment)];
  if (regions.includes(region)) return { accountId: environment.accountId, region };
  throw new CommandError(
    `--region: ${environment.name} has no repositories in ${region}; choose from ${regions.join(", ")}`,
  );
}

function print(environment: Environment, host: string, region: string, options: LoginOptions): void {
  const { client } = options;
  const hasPublic = hasPublicRepositories(environment);
  if (client === "credential-helper") {
    const hosts = [environment.region, ...replicaRegions(environment)].map((where) =>
      chosenHost(registryOf(environment, where), options.endpoint),
    );
    const settings = credentialHelperSettings([...hosts, ...(hasPublic ? [publicHost] : [])]);
    writeResult({ json: true }, settings, () => "");
    return;
  }
  const commands = [loginCommand(client, region, host), ...(hasPublic ? [publicLoginCommand(client)] : [])];
  writeResult(options, { client, host, region, commands }, () =>
    commands.map((line) => `${line}\n`).join(""),
  );
}

/** Loads the AWS SDK only when needed. */
async function live() {
  const { AccountConnection } = await import("../account-connection.js");
  return { AccountConnection, ...(await import("./login.js")) };
}

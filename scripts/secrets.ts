import "../exit-guard";
import Table from "cli-table3";
import { Command } from "commander";
import { secretName } from "../environments/naming";
import type { Environment } from "../environments/plan/environment";
import { listedProject } from "./environment-files/listed-project";
import { parseCommands } from "./runner/arguments";
import { run } from "./runner/command";
import { commandHelp } from "./runner/help-text";
import { noSuchName } from "./runner/no-such-name";
import { environmentNamed } from "./runner/selection";
import { readSecret } from "./secrets/secret-input";

/** `npm run secrets -- <command>`: set and list the values of secrets, which are in no file. Never prints a value. */
run(async () => {
  let exitCode = 0;
  const program = new Command("secrets").description(
    "Set the values of an environment's secrets, and list which have one. Never prints a value.",
  );
  program
    .command("set")
    .description("Set a secret to a value read from standard input or, at a terminal, from a hidden prompt.")
    .requiredOption("--env <name>", "environment, e.g. prod")
    .argument("<secret>", "name of the secret in the environment file, e.g. db-password")
    .addHelpText(
      "after",
      commandHelp("secrets -- set", {
        exitCodes: { 0: "the secret has the value", 1: "the value was not set" },
        examples: ["--env prod db-password"],
      }),
    )
    .action((name: string, { env }: { env: string }) => set(env, name));
  program
    .command("list")
    .description("List which secrets have a value, and since when.")
    .requiredOption("--env <name>", "environment, e.g. prod")
    .addHelpText(
      "after",
      commandHelp("secrets -- list", {
        exitCodes: { 0: "every secret has a value", 1: "they cannot be read", 2: "a secret has no value" },
        examples: ["--env prod"],
      }),
    )
    .action(async ({ env }: { env: string }) => {
      exitCode = await list(env);
    });
  await parseCommands(program, process.argv);
  return exitCode;
});

async function set(env: string, name: string): Promise<void> {
  const environment = environmentNamed(env, listedProject().environments);
  const { pullThroughCache } = secretNamed(environment, name);
  const fullName = secretName(environment, name, { pullThroughCache });
  const { store } = await connect(environment);
  const putValue = await store.open(fullName);
  await putValue(await readSecret(name, { pullThroughCache }));
  process.stdout.write(`${fullName} has a new value.\n`);
}

async function list(env: string): Promise<number> {
  const environment = environmentNamed(env, listedProject().environments);
  const secrets = Object.entries(environment.security.secrets);
  const { store } = await connect(environment);
  const table = new Table({
    head: ["secret", "name in Secrets Manager", "value since"],
    style: { head: [], border: [] },
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
  });
  let missing = 0;
  for (const [name, options] of secrets) {
    const fullName = secretName(environment, name, options);
    const state = await store.valueSince(fullName);
    if (!(state instanceof Date)) missing++;
    table.push([name, fullName, state instanceof Date ? state.toISOString() : state]);
  }
  process.stdout.write(
    secrets.length === 0 ? `${environment.name} declares no secrets.\n` : `${table.toString()}\n`,
  );
  if (missing > 0) process.stderr.write(`${missing} of ${secrets.length} secrets have no value.\n`);
  return missing > 0 ? 2 : 0;
}

function secretNamed({ name: environment, security }: Environment, name: string) {
  const found = Object.hasOwn(security.secrets, name) ? security.secrets[name] : undefined;
  if (found !== undefined) return found;
  throw noSuchName("secret", name, environment, Object.keys(security.secrets), "its file declares none");
}

/** Loads the AWS SDK only when needed. */
async function connect(environment: Environment) {
  const { SecretStore } = await import("./secrets/secret-store.js");
  if (environment.deployRole === undefined) return { store: await SecretStore.asTerraform(environment) };
  const { AccountConnection } = await import("./ecr/account-connection.js");
  const { SecretsManagerClient } = await import("@aws-sdk/client-secrets-manager");
  const account = await AccountConnection.open(environment);
  return { store: new SecretStore(environment, account.client(SecretsManagerClient)) };
}

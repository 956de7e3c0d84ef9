import "../exit-guard";
import Table from "cli-table3";
import { Command } from "commander";
import { loadProject } from "../app";
import { definitions } from "../environments/all";
import { secretName } from "../environments/naming";
import type { Environment } from "../environments/plan/environment";
import { suggest } from "../modules/values/suggestion";
import { parseCommands } from "./runner/arguments";
import { CommandError, run } from "./runner/command";
import { environmentNamed } from "./runner/selection";
import { readSecret } from "./secrets/secret-input";

/** `npm run secrets -- <command>`: values of secrets, which no file of the project holds. Never prints one. */
run(async () => {
  let exitCode = 0;
  const program = new Command("secrets").description(
    "Put values into the secrets of an environment, and see which have one. Never prints a value.",
  );
  program
    .command("set")
    .description("Take a value from standard input, or ask for it unseen, and put it into a secret.")
    .requiredOption("--env <name>", "environment, e.g. prod")
    .argument("<secret>", "name of the secret in the environment file, e.g. db-password")
    .action((name: string, { env }: { env: string }) => set(env, name));
  program
    .command("list")
    .description("Show which secrets have a value and since when. Exit code 2 when one has none.")
    .requiredOption("--env <name>", "environment, e.g. prod")
    .action(async ({ env }: { env: string }) => {
      exitCode = await list(env);
    });
  await parseCommands(program, process.argv);
  return exitCode;
});

async function set(env: string, name: string): Promise<void> {
  const environment = environmentNamed(env, loadProject(definitions).environments);
  const { pullThroughCache } = secretNamed(environment, name);
  const fullName = secretName(environment, name, { pullThroughCache });
  const { store } = await connect(environment);
  const put = await store.open(fullName);
  await put(await readSecret(name, { pullThroughCache }));
  process.stdout.write(`${fullName} has a new value.\n`);
}

async function list(env: string): Promise<number> {
  const environment = environmentNamed(env, loadProject(definitions).environments);
  const secrets = Object.entries(environment.security.secrets);
  const { store } = await connect(environment);
  const table = new Table({
    head: ["secret", "name in Secrets Manager", "value since"],
    style: { head: [], border: [] },
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
  });
  let lacking = 0;
  for (const [name, options] of secrets) {
    const fullName = secretName(environment, name, options);
    const state = await store.valueSince(fullName);
    if (!(state instanceof Date)) lacking++;
    table.push([name, fullName, state instanceof Date ? state.toISOString() : state]);
  }
  process.stdout.write(
    secrets.length === 0 ? `${environment.name} declares no secrets.\n` : `${table.toString()}\n`,
  );
  if (lacking > 0) process.stderr.write(`${lacking} of ${secrets.length} secrets have no value.\n`);
  return lacking > 0 ? 2 : 0;
}

function secretNamed({ name: environment, security }: Environment, name: string) {
  const found = Object.hasOwn(security.secrets, name) ? security.secrets[name] : undefined;
  if (found !== undefined) return found;
  const names = Object.keys(security.secrets);
  const known = names.length > 0 ? `there are ${names.join(", ")}` : "its file declares none";
  throw new CommandError(`There is no secret "${name}" in ${environment}; ${suggest(name, names) ?? known}`);
}

/** Loads the AWS SDK only when it is needed. */
async function connect(environment: Environment) {
  const { SecretStore } = await import("./secrets/secret-store.js");
  return { store: new SecretStore(environment) };
}

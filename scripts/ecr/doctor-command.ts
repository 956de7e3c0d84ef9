import type { Command } from "commander";
import type { Project } from "../../environments/load";
import type { Environment } from "../../environments/plan/environment";
import { registryHost } from "../../modules/ecr/repository/repository-address";
import { listedProject } from "../environment-files/listed-project";
import { environmentNamed } from "../runner/selection";
import type { AccountConnection as Connection } from "./account-connection";
import { dockerLogin } from "./doctor/docker-login";
import { fileWarnings } from "./doctor/file-warnings";
import { type Check, type Finding, findingsOf, findingsSummary, ok } from "./doctor/finding";
import { lockFile, nodeVersion, terraformVersion } from "./doctor/machine";
import { type SetExitCode, type VerbHelp, type VerbOptions, verb, writeResult } from "./verb";

const help: VerbHelp = {
  notes: `Checks this machine (Node.js, Terraform, the lock of the provider, Docker's login) and, with AWS credentials, the account, the
state bucket and its locks, what layers read from each other's states, the registry's scanning and replication, repositories
and their lifecycle policies, quotas, VPC endpoints, and the images that consumers name. Changes nothing. A check that
cannot be made says why, and stops no other.`,
  exitCodes: { 0: "no problem was found", 2: "there are problems", 1: "something could not be checked" },
  examples: ["--env prod", "--env prod --json"],
};

/**
 * `doctor`: what is wrong with the setup of an environment, and what to do.
 *
 * @param setExitCode receives the exit code
 */
export function doctorCommand(setExitCode: SetExitCode): Command {
  return verb(
    "doctor",
    "Find what is wrong with this machine, the account and the registry, and say what to do.",
    help,
  ).action(async (options: VerbOptions) => {
    const project = listedProject();
    const environment = environmentNamed(options.env, project.environments);
    const findings = [
      ...(await findingsOf(localChecks(environment))),
      ...(await findingsInAccount(environment, project)),
    ];
    writeResult(options, { environment: environment.name, findings }, () => findingsText(findings));
    const has = (state: Finding["state"]) => findings.some((finding) => finding.state === state);
    setExitCode(has("problem") ? 2 : has("unknown") ? 1 : 0);
  });
}

const localChecks = (environment: Environment): Check[] => [
  { name: "Node.js", run: () => nodeVersion() },
  { name: "Terraform", run: terraformVersion },
  { name: "provider", run: lockFile },
  { name: "file", run: () => fileWarnings(environment) },
  {
    name: "Docker",
    run: () =>
      dockerLogin(registryHost(environment), `npm run --silent ecr -- login --env ${environment.name} | sh`),
  },
];

/** The checks that need AWS. Without credentials, the first says so and the others are not made. */
async function findingsInAccount(environment: Environment, project: Project): Promise<Finding[]> {
  const { AccountConnection } = await import("./account-connection.js");
  const { repositories } = await import("./doctor/repositories.js");
  const { quotas } = await import("./doctor/quotas.js");
  const { deployedStacks, stateBucket } = await import("./doctor/state-checks.js");
  const { consumerImages } = await import("./doctor/consumer-images.js");
  const { registryDrift } = await import("./doctor/registry-drift.js");
  const { DeployedStates } = await import("./doctor/deployed-states.js");
  const { contracts } = await import("./doctor/contracts.js");
  const { vpcEndpoints } = await import("./doctor/vpc-endpoints.js");
  let account: Connection;
  try {
    account = await AccountConnection.open(environment);
  } catch (error) {
    return [
      { check: "credentials", state: "problem", text: (error as Error).message },
      { check: "account", state: "unknown", text: "Nothing in AWS was checked." },
    ];
  }
  const { accountId, region } = environment;
  const asking = (name: string, what: string, run: () => ReturnType<Check["run"]>): Check => ({
    name,
    run: () => account.ask(what, async () => run()),
  });
  const states = new DeployedStates(account);
  return findingsOf([
    {
      name: "credentials",
      run: () => [ok(`The credentials are of account ${accountId}; the Region is ${region}.`)],
    },
    asking("state bucket", "The state bucket", () => stateBucket(account)),
    asking("stacks", "The states", () => deployedStacks(account)),
    asking("contracts", "What layers read from states", () => contracts(environment, project, states)),
    asking("network", "The VPC endpoints", () => vpcEndpoints(account, states)),
    asking("registry", "The settings of the registry", () => registryDrift(account, project.environments)),
    asking("repositories", "The repositories", () => repositories(account)),
    asking("quotas", "The repositories of the registry", () => quotas(account)),
    asking("images", "The images that consumers name", () => consumerImages(account)),
  ]);
}

const marks = { ok: "ok", note: "note", problem: "PROBLEM", unknown: "unknown" } as const;

/** One line for each finding, with what to do below it. */
function findingsText(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ check }) => check.length));
  const lines = findings.flatMap(({ check, state, text, advice }) => {
    const head = `${marks[state].padEnd(7)}  ${check.padEnd(width)}  `;
    return [`${head}${text}`, ...(advice === undefined ? [] : [`${" ".repeat(head.length)}${advice}`])];
  });
  return `${lines.join("\n")}\n${findingsSummary(findings)}\n`;
}

import { Command } from "commander";
import { registryStackName } from "../../environments/naming";
import { includedBy } from "../../environments/plan/included-requests";
import { ownsRegistry } from "../../environments/plan/registry-owner";
import { type RegistryPlan, registryPlans } from "../../environments/plan/registry-plan";
import {
  type DeclaredRequest,
  registryRequests,
  replicaRequests,
  requestsOfOthers,
} from "../../environments/plan/registry-requests";
import { registrySum } from "../../environments/plan/registry-sum";
import { type RegistryWideSetting, registryWideSettings } from "../../environments/plan/registry-wide";
import {
  explainReplication,
  explainScanning,
  type ReplicationExplanation,
  type ScanningExplanation,
} from "../../modules/ecr/registry/registry-explanation";
import { type Destination, settingsOf } from "../../modules/ecr/registry/registry-requests";
import { listedProject } from "../environment-files/listed-project";
import { environmentNamed } from "../runner/selection";
import { replicationPolicyCommand } from "./replication-policy";
import { newTable } from "./table";
import { helpText, type VerbHelp } from "./verb";

const explainHelp: VerbHelp = {
  notes: "Needs no credentials: it shows what the environment files ask for. describe compares it with AWS.",
  exitCodes: { 0: "the settings are printed", 1: "there is no such environment" },
  examples: ["--env prod", "--env prod --json"],
};

interface ExplainOptions {
  readonly env: string;
  readonly json?: boolean;
}

/** One repository and how the registry's settings apply to it. */
interface RepositoryExplanation {
  readonly repository: string;
  /** Whether another project or team creates it. */
  readonly unmanaged: boolean;
  readonly scanning: ScanningExplanation;
  readonly replication: ReplicationExplanation;
}

/** A registry that holds repositories of an environment. */
interface RegistryExplanation {
  /** Name of the stack that owns its settings. */
  readonly registry: string;
  /** What AWS keeps once for the registry. */
  readonly settings: readonly RegistryWideSetting[];
  readonly repositories: readonly RepositoryExplanation[];
}

/** `registry explain`: which settings of the registry apply to each repository of an environment, and by which rule. */
export function registryCommand(): Command {
  const explain = new Command("explain")
    .description(
      "Show how each repository is scanned and replicated, by which rule and filter, and the settings of the whole registry.",
    )
    .requiredOption("--env <name>", "environment, e.g. prod")
    .option("--json", "print JSON")
    .addHelpText("after", helpText("registry explain", explainHelp))
    .action(({ env, json = false }: ExplainOptions) => {
      const { environments } = listedProject();
      const environment = environmentNamed(env, environments);
      const plans = registryPlans(environments);
      const plan = plans.find((one) => one.environments.includes(environment));
      if (plan === undefined) throw new Error(`${env} has no registry`);
      const others = plans.filter(({ replicating }) => replicating.includes(environment));
      for (const one of [plan, ...others])
        if (!ownsRegistry(one))
          process.stderr.write(
            `Another project owns the settings of ${registryStackName(one)}: those shown here are computed from this project's requests alone. The owner's npm run ecr -- registry explain shows those that AWS has.\n`,
          );
      const included = ({ region }: RegistryPlan) => requestsOfOthers(includedBy(environment, region));
      const own = explainRegistry(plan, [...registryRequests(environment), ...included(plan)]);
      const replicas = others.map((one) =>
        explainRegistry(one, [...replicaRequests(environment, one.region), ...included(one)]),
      );
      process.stdout.write(json ? asJson(own, replicas) : asText(own, replicas));
    });
  return new Command("registry")
    .description("Settings of a whole registry, and policies for the destinations of its replication.")
    .addCommand(explain)
    .addCommand(replicationPolicyCommand());
}

/** The settings are those of all environments that share the registry; the repositories are those of one. */
function explainRegistry(plan: RegistryPlan, requests: readonly DeclaredRequest[]): RegistryExplanation {
  const sum = registrySum(plan);
  const scanning = settingsOf(sum.scanning);
  const replication = settingsOf(sum.replication);
  return {
    registry: registryStackName(plan),
    settings: registryWideSettings(plan),
    repositories: requests.map(({ name, isUnmanaged }) => ({
      repository: name,
      unmanaged: isUnmanaged,
      scanning: explainScanning(scanning, name),
      replication: explainReplication(replication, name),
    })),
  };
}

function asJson(own: RegistryExplanation, replicas: readonly RegistryExplanation[]): string {
  return `${JSON.stringify({ ...own, replicas }, null, 2)}\n`;
}

function asText(own: RegistryExplanation, replicas: readonly RegistryExplanation[]): string {
  return [
    `${tablesOf(own)}\nSettings of ${own.registry}.\n`,
    ...replicas.map((one) => `\n${tablesOf(one)}\nReplicas, with settings of ${one.registry}.\n`),
  ].join("");
}

function tablesOf({ repositories, settings }: RegistryExplanation): string {
  const table = newTable(["repository", "scanning", "by filter", "replicated to", "by rule and filter"]);
  for (const { repository, unmanaged, scanning, replication } of repositories)
    table.push([
      unmanaged ? `${repository} (unmanaged)` : repository,
      scanningText(scanning),
      lines(scanning.matches.map(({ scanFrequency, filter }) => `${scanFrequency} ${filter}`)),
      lines(replication.destinations.map(destinationText)),
      lines(replication.matches.map(({ rule, filter }) => `${rule} ${filter}`)),
    ]);
  if (settings.length === 0) return table.toString();
  const wide = newTable(["whole registry", "value", "requested by"]);
  for (const { setting, value, files } of settings) wide.push([setting, value, lines(files)]);
  return `${table.toString()}\n${wide.toString()}`;
}

function scanningText({ scanType, scanFrequency }: ScanningExplanation): string {
  if (scanFrequency === "OFF") return "off";
  if (scanFrequency === "MANUAL") return "manual";
  return `${scanType === "BASIC" ? "basic" : "enhanced"}, ${scanFrequency === "SCAN_ON_PUSH" ? "on push" : "continuous"}`;
}

const destinationText = ({ registryId, region }: Destination): string => `${registryId} ${region}`;

const lines = (all: readonly string[]): string => all.join("\n") || "-";

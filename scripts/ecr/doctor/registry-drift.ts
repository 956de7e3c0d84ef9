import { DescribeRegistryCommand, GetRegistryScanningConfigurationCommand } from "@aws-sdk/client-ecr";
import { registryStackName } from "../../../environments/naming";
import type { Environment } from "../../../environments/plan/environment";
import { ownsRegistry } from "../../../environments/plan/registry-owner";
import { type RegistryPlan, registryPlans, usersOf } from "../../../environments/plan/registry-plan";
import { registryRequests, replicaRequests } from "../../../environments/plan/registry-requests";
import { registrySum } from "../../../environments/plan/registry-sum";
import { explainReplication, explainScanning } from "../../../modules/ecr/registry/registry-explanation";
import { settingsOf } from "../../../modules/ecr/registry/registry-requests";
import type { ReplicationRule } from "../../../modules/ecr/registry/replication-settings";
import type { ScanningSettings } from "../../../modules/ecr/registry/scanning-settings";
import { type AccountConnection, reasonOf } from "../account-connection";
import { liveReplication, liveScanning } from "../live-registry";
import { lookAtEach } from "./each";
import { type FoundState, note, ok, problem } from "./finding";

/**
 * Whether the registry scans and replicates each repository as the files of all its environments ask for, and the registries
 * of other Regions its replicas.
 */
export async function registryDrift(
  account: AccountConnection,
  environments: readonly Environment[],
): Promise<FoundState[]> {
  const { environment } = account;
  const isHere = ({ name }: Environment) => name === environment.name;
  const plans = registryPlans(environments).filter((plan) => usersOf(plan).some(isHere));
  const { looked, unknown } = await lookAtEach(plans, (plan) => driftOf(account, plan), {
    title: ({ region }) => `The registry in ${region}`,
    reason: (error) => reasonOf(error, environment),
  });
  return [...looked.flatMap(({ found }) => found), ...unknown];
}

async function driftOf(account: AccountConnection, plan: RegistryPlan): Promise<FoundState[]> {
  const { environment } = account;
  const { region } = plan;
  const isOwn = region === environment.region;
  const [live, registry] = await Promise.all([
    account.ecr(region).send(new GetRegistryScanningConfigurationCommand({})),
    account.ecr(region).send(new DescribeRegistryCommand({})),
  ]);
  const sum = registrySum(plan);
  const wanted = { scanning: settingsOf(sum.scanning), replication: settingsOf(sum.replication) };
  const now = {
    scanning: liveScanning(live.scanningConfiguration),
    replication: liveReplication(registry.replicationConfiguration),
  };
  const requests = isOwn ? registryRequests(environment) : replicaRequests(environment, region);
  const differing = requests.flatMap(({ name }) =>
    differences(name, isOwn ? name : `${name} in ${region}`, { wanted, now }),
  );
  const place = isOwn ? "The registry" : `The registry in ${region}`;
  if (differing.length === 0) return [ok(`${place} scans and replicates as the files ask for.`)];
  const advice = ownsRegistry(plan)
    ? `npm run diff -- ${environment.name} --layer registry`
    : `Another project owns ${registryStackName(plan)}; give it the requests: npm run registry -- export --env ${environment.name}`;
  return differing.map((text) => (ownsRegistry(plan) ? problem(text, advice) : note(text, advice)));
}

/** What a registry is to do, or does. */
interface Settings {
  readonly scanning: ScanningSettings;
  readonly replication: readonly ReplicationRule[];
}

/** How a repository differs, as sentences. @param title what they call it */
function differences(
  name: string,
  title: string,
  { wanted, now }: { readonly wanted: Settings; readonly now: Settings },
): string[] {
  const scanned = [wanted, now].map(({ scanning }) => frequency(explainScanning(scanning, name)));
  const replicated = [wanted, now].map(({ replication }) => placesOf(replication, name));
  const sentence = (does: string, [asked, is]: readonly string[]) =>
    asked === is ? [] : [`${title} is ${does} ${is}, and the files ask for ${asked}.`];
  return [...sentence("scanned", scanned), ...sentence("replicated to", replicated)];
}

const placesOf = (rules: readonly ReplicationRule[], name: string): string =>
  explainReplication(rules, name)
    .destinations.map(({ registryId, region }) => `${registryId} ${region}`)
    .toSorted()
    .join(", ") || "nowhere";

const frequency = ({ scanType, scanFrequency }: ReturnType<typeof explainScanning>): string =>
  `${scanType} ${scanFrequency}`;

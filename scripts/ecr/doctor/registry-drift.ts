import { DescribeRegistryCommand, GetRegistryScanningConfigurationCommand } from "@aws-sdk/client-ecr";
import { registryStackName } from "../../../environments/naming";
import type { Environment } from "../../../environments/plan/environment";
import { ownsRegistry } from "../../../environments/plan/registry-owner";
import { registryPlans } from "../../../environments/plan/registry-plan";
import { registryRequests } from "../../../environments/plan/registry-requests";
import { registrySum } from "../../../environments/plan/registry-sum";
import { explainReplication, explainScanning } from "../../../modules/ecr/registry/registry-explanation";
import { settingsOf } from "../../../modules/ecr/registry/registry-requests";
import type { ReplicationRule } from "../../../modules/ecr/registry/replication-settings";
import type { AccountConnection } from "../account-connection";
import { liveReplication, liveScanning } from "../live-registry";
import { type FoundState, note, ok, problem } from "./finding";

/** Whether the registry scans and replicates each repository as the files of all its environments ask for. */
export async function registryDrift(
  account: AccountConnection,
  environments: readonly Environment[],
): Promise<FoundState[]> {
  const { environment } = account;
  const plan = registryPlans(environments).find(({ environments: sharing }) =>
    sharing.some(({ name }) => name === environment.name),
  );
  if (plan === undefined) throw new Error(`${environment.name} has no registry`);
  const sum = registrySum(plan);
  const wanted = { scanning: settingsOf(sum.scanning), replication: settingsOf(sum.replication) };
  const [live, registry] = await Promise.all([
    account.ecr().send(new GetRegistryScanningConfigurationCommand({})),
    account.ecr().send(new DescribeRegistryCommand({})),
  ]);
  const scanning = liveScanning(live.scanningConfiguration);
  const rules = liveReplication(registry.replicationConfiguration);
  const names = registryRequests(environment).map(({ name }) => name);
  const differing = names.flatMap((name) => {
    const [scanned, scannedNow] = [explainScanning(wanted.scanning, name), explainScanning(scanning, name)];
    const places = (all: readonly ReplicationRule[]) =>
      explainReplication(all, name)
        .destinations.map(({ registryId, region }) => `${registryId} ${region}`)
        .toSorted()
        .join(", ") || "nowhere";
    const [replicated, replicatedNow] = [places(wanted.replication), places(rules)];
    return [
      ...(scanned.scanFrequency === scannedNow.scanFrequency && scanned.scanType === scannedNow.scanType
        ? []
        : [`${name} is scanned ${frequency(scannedNow)}, and the files ask for ${frequency(scanned)}.`]),
      ...(replicated === replicatedNow
        ? []
        : [`${name} is replicated to ${replicatedNow}, and the files ask for ${replicated}.`]),
    ];
  });
  if (differing.length === 0) return [ok("The registry scans and replicates as the files ask for.")];
  const advice = ownsRegistry(plan)
    ? `npm run diff -- ${environment.name} --layer registry`
    : `Another project owns ${registryStackName(plan)}; give it the requests: npm run registry -- export --env ${environment.name}`;
  return differing.map((text) => (ownsRegistry(plan) ? problem(text, advice) : note(text, advice)));
}

const frequency = ({ scanType, scanFrequency }: ReturnType<typeof explainScanning>): string =>
  `${scanType} ${scanFrequency}`;

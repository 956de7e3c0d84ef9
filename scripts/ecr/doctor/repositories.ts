import {
  DescribeRepositoriesCommand,
  type ECRClient,
  GetLifecyclePolicyCommand,
  paginateDescribeRepositories,
} from "@aws-sdk/client-ecr";
import type { Environment } from "../../../environments/plan/environment";
import { policyTextOf, replicaPolicyTextOf } from "../../../environments/plan/lifecycle";
import { replicasOf } from "../../../environments/plan/replicas";
import { repositoryName } from "../../../environments/plan/repository-names";
import { isEquivalent } from "../../review/canonical";
import type { AccountConnection } from "../account-connection";
import { whenMissing } from "../when-missing";
import { type FoundState, note, ok, problem } from "./finding";

/** How long after its last run a lifecycle policy is late. ECR runs it within 24 hours. */
const lateAfterMs = 48 * 3_600_000;

/** A repository of the environment, or a replica of one, as the file declares it. */
interface Declared {
  readonly shortName: string;
  /** Name in ECR. */
  readonly name: string;
  readonly region: string;
  /** What messages call it: a replica with its Region. */
  readonly title: string;
  /** JSON of its lifecycle policy; `undefined` if it has none. */
  readonly policy: string | undefined;
  readonly layer: "compute" | "replicas";
}

function declaredIn(environment: Environment): Declared[] {
  const { repositories: all } = environment.ecr;
  const own = Object.entries(all).map(([shortName, options]): Declared => {
    const name = repositoryName(environment, shortName);
    const { region } = environment;
    return { shortName, name, region, title: name, policy: policyTextOf(options), layer: "compute" };
  });
  const replicas = replicasOf(environment).flatMap(({ name, region, repository: shortName }): Declared[] => {
    const options = all[shortName];
    const title = `${name} in ${region}`;
    return options === undefined
      ? []
      : [{ shortName, name, region, title, policy: replicaPolicyTextOf(options), layer: "replicas" }];
  });
  return [...own, ...replicas];
}

/** What these checks need of an account. */
type Registries = Pick<AccountConnection, "environment" | "accountId"> & {
  ecr(region?: string): Pick<ECRClient, "send">;
};

/** Whether each repository and replica is there, and its lifecycle policy is the one of the file and runs. */
export async function repositories(account: Registries, now = new Date()): Promise<FoundState[]> {
  const found: FoundState[] = [];
  const declared = declaredIn(account.environment);
  let good = 0;
  for (const one of declared) {
    const problems = await repository(account, one, now);
    if (problems.length === 0) good++;
    found.push(...problems);
  }
  return [...(good > 0 ? [ok(`${good} of ${declared.length} repositories are as declared.`)] : []), ...found];
}

async function repository(
  account: Registries,
  { shortName, name, region, title, policy: wanted, layer }: Declared,
  now: Date,
): Promise<FoundState[]> {
  const { environment } = account;
  const id = { registryId: account.accountId, repositoryName: name };
  const client = account.ecr(region);
  const deploy = `npm run deploy -- ${environment.name} --layer ${layer}`;
  const isThere = await client
    .send(new DescribeRepositoriesCommand({ registryId: account.accountId, repositoryNames: [name] }))
    .then(() => true, whenMissing("RepositoryNotFoundException", false));
  if (!isThere) return [problem(`${title}: the repository does not exist.`, deploy)];
  const policy = await client
    .send(new GetLifecyclePolicyCommand(id))
    .catch(whenMissing("LifecyclePolicyNotFoundException", undefined));
  if (policy === undefined)
    return wanted === undefined ? [] : [problem(`${title}: it has no lifecycle policy.`, deploy)];
  const findings: FoundState[] = [];
  if (wanted === undefined)
    findings.push(
      problem(`${title}: it has a lifecycle policy, and ${environment.file} says "none".`, deploy),
    );
  else if (!isEquivalent(policy.lifecyclePolicyText, wanted))
    findings.push(problem(`${title}: its lifecycle policy is not that of ${environment.file}.`, deploy));
  const evaluated = policy.lastEvaluatedAt;
  if (evaluated !== undefined && now.getTime() - evaluated.getTime() > lateAfterMs)
    findings.push(
      note(
        `${title}: ECR last ran its lifecycle policy at ${evaluated.toISOString()}.`,
        `See what it would remove: npm run ecr -- lifecycle preview --env ${environment.name} --repository ${shortName}`,
      ),
    );
  return findings;
}

/** Repositories of a registry in a Region. https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html */
const repositoryQuota = 100_000;

/** How much of the default quota the repositories of the registry use, those of others too. */
export async function quotas(account: AccountConnection): Promise<FoundState[]> {
  let count = 0;
  for await (const { repositories: page = [] } of paginateDescribeRepositories(
    { client: account.ecr(), pageSize: 1000 },
    { registryId: account.accountId },
  ))
    count += page.length;
  const used = `The registry has ${count} of ${repositoryQuota} repositories, AWS's default quota.`;
  return [
    count > repositoryQuota * 0.8
      ? note(used, "Ask for more: Service Quotas, Amazon ECR, Registered repositories.")
      : ok(used),
  ];
}

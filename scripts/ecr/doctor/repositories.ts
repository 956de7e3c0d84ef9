import { DescribeRepositoriesCommand, type ECRClient, GetLifecyclePolicyCommand } from "@aws-sdk/client-ecr";
import { isEquivalent } from "../../review/canonical";
import { type AccountConnection, reasonOf } from "../account-connection";
import { whenMissing } from "../when-missing";
import { type DeclaredRepository, declaredRepositories } from "./declared-repositories";
import { lookAtEach } from "./each";
import { type FoundState, note, ok, problem } from "./finding";

/** How long after its last run a lifecycle policy is late. ECR runs it within 24 hours. */
const lateAfterMs = 48 * 3_600_000;

/** What these checks need of an account. */
type Registries = Pick<AccountConnection, "environment" | "accountId"> & {
  ecr(region?: string): Pick<ECRClient, "send">;
};

/** Whether each repository and replica is there, and its lifecycle policy is the one of the file and runs. */
export async function repositories(account: Registries, now = new Date()): Promise<FoundState[]> {
  const { environment } = account;
  const declared = declaredRepositories(environment);
  const { looked, unknown } = await lookAtEach(declared, (one) => repository(account, one, now), {
    title: ({ title }) => title,
    reason: (error) => reasonOf(error, environment),
  });
  const good = looked.filter(({ found }) => found.length === 0).length;
  return [
    ...(good > 0 ? [ok(`${good} of ${declared.length} repositories are as declared.`)] : []),
    ...looked.flatMap(({ found }) => found),
    ...unknown,
  ];
}

async function repository(
  account: Registries,
  { shortName, name, region, title, policy: wanted, layer }: DeclaredRepository,
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

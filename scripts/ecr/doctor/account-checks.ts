import { DescribeRepositoriesCommand, type ECRClient, GetLifecyclePolicyCommand } from "@aws-sdk/client-ecr";
import { GetObjectCommand, HeadBucketCommand, S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import { repositoryName } from "../../../environments/naming";
import type { Environment } from "../../../environments/plan/environment";
import { policyTextOf, replicaPolicyTextOf } from "../../../environments/plan/lifecycle";
import { replicasOf } from "../../../environments/plan/replicas";
import { deployOrder, stateKey, whyAbsent } from "../../../environments/plan/stacks";
import { isEquivalent } from "../../review/canonical";
import type { AccountConnection } from "../account-connection";
import { type FoundState, note, ok, problem } from "./finding";

/** The bucket of the states, and the locks in it. */
export async function stateBucket(account: AccountConnection): Promise<FoundState[]> {
  const { environment } = account;
  const { state, name } = environment;
  if (state.backend === "local")
    return [
      note(
        "The states are files on this machine.",
        "For a team, keep them in S3: state in the environment file.",
      ),
    ];
  const client = account.client(S3Client, state.region);
  try {
    await client.send(
      new HeadBucketCommand({ Bucket: state.bucket, ExpectedBucketOwner: account.accountId }),
    );
  } catch (error) {
    const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
    if (status === 404)
      return [
        problem(
          `The state bucket ${state.bucket} does not exist.`,
          whyAbsent("bootstrap", environment) === undefined
            ? `npm run deploy -- ${name} --layer bootstrap`
            : "Create it, or name another one in the environment file.",
        ),
      ];
    if (status === 403)
      return [
        problem(
          `The state bucket ${state.bucket} cannot be read, or is in another account.`,
          "Allow s3:ListBucket and s3:GetObject, or correct the name of the bucket.",
        ),
      ];
    throw error;
  }
  const locks = await Promise.all(deployOrder(environment).map(({ stack }) => lockOf(client, state, stack)));
  const held = locks.flatMap((lock) => lock ?? []);
  return [ok(`The state bucket ${state.bucket} is there.`), ...held];
}

/** What Terraform writes into a lock. https://developer.hashicorp.com/terraform/language/backend/s3#state-locking */
interface Lock {
  readonly ID?: string;
  readonly Who?: string;
  readonly Created?: string;
  readonly Operation?: string;
}

async function lockOf(
  client: S3Client,
  state: Environment["state"] & { backend: "s3" },
  stack: string,
): Promise<FoundState | undefined> {
  try {
    const { Body } = await client.send(
      new GetObjectCommand({ Bucket: state.bucket, Key: `${stateKey(state, stack)}.tflock` }),
    );
    const {
      ID = "?",
      Who = "somebody",
      Created = "an unknown time",
      Operation = "a run",
    } = JSON.parse((await Body?.transformToString()) ?? "{}") as Lock;
    return problem(
      `The state of ${stack} is locked since ${Created} by ${Who} (${Operation}).`,
      `If that run has ended: terraform -chdir=cdktf.out/stacks/${stack} force-unlock ${ID}`,
    );
  } catch (error) {
    if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404) return undefined;
    throw error;
  }
}

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
  /** JSON of its lifecycle policy. */
  readonly policy: string;
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
  if (policy === undefined) return [problem(`${title}: it has no lifecycle policy.`, deploy)];
  const findings: FoundState[] = [];
  if (!isEquivalent(policy.lifecyclePolicyText, wanted))
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

const whenMissing =
  <T>(name: string, value: T) =>
  (error: Error): T => {
    if (error.name === name) return value;
    throw error;
  };

import {
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import type { Environment } from "../../../environments/plan/environment";
import { deployOrder, stateKey, whyAbsent } from "../../../environments/plan/stacks";
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
  const client = await account.stateClient(S3Client, state);
  try {
    await client.send(new HeadBucketCommand({ Bucket: state.bucket, ExpectedBucketOwner: state.accountId }));
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

/** Which stacks of the environment have a state. One without was never deployed. */
export async function deployedStacks(account: AccountConnection): Promise<FoundState[]> {
  const { environment } = account;
  const { state, name } = environment;
  if (state.backend === "local")
    return [note("Whether the stacks are deployed is only known on this machine.")];
  const client = await account.stateClient(S3Client, state);
  const stacks = deployOrder(environment);
  const missing: string[] = [];
  for (const { stack } of stacks)
    if (!(await exists(client, state.bucket, stateKey(state, stack)))) missing.push(stack);
  if (missing.length === 0) return [ok(`All ${stacks.length} stacks have a state.`)];
  return [note(`Never deployed: ${missing.join(", ")}.`, `npm run deploy -- ${name}`)];
}

async function exists(client: S3Client, bucket: string, key: string): Promise<boolean> {
  try {
    await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    return true;
  } catch (error) {
    if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404) return false;
    throw error;
  }
}

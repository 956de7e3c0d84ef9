import { type ECRClient, paginateDescribeRepositories } from "@aws-sdk/client-ecr";
import { GetServiceQuotaCommand, ServiceQuotasClient } from "@aws-sdk/client-service-quotas";
import { counted } from "../../../modules/values/counted";
import { type AccountConnection, reasonOf } from "../account-connection";
import { listedImages } from "../listed-images";
import { whenMissing } from "../when-missing";
import { type DeclaredRepository, declaredRepositories } from "./declared-repositories";
import { lookAtEach } from "./each";
import { type FoundState, note, ok, problem } from "./finding";

/**
 * A quota of Amazon ECR that can be raised, with AWS's default.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html the page links each to its code
 */
interface Quota {
  readonly code: string;
  readonly name: string;
  readonly standard: number;
}

const registeredRepositories: Quota = {
  code: "L-CFEB8E8D",
  name: "Registered repositories",
  standard: 100_000,
};

const imagesPerRepository: Quota = {
  code: "L-03A36CE1",
  name: "Images per repository",
  standard: 100_000,
};

/** The part of a quota from which on it is told. */
const nearlyUsed = 0.8;

/** What these checks need of an account. */
type Quotas = Pick<AccountConnection, "environment" | "accountId" | "client"> & {
  ecr(region?: string): ECRClient;
};

/** How much of the quotas the registry's repositories use, those of others too, and the images in each of the environment's. */
export async function quotas(account: Quotas): Promise<FoundState[]> {
  const { environment } = account;
  const declared = declaredRepositories(environment);
  const regions = [...new Set([environment.region, ...declared.map(({ region }) => region)])];
  const found = await Promise.all(
    regions.map((region) =>
      inRegion(
        account,
        region,
        declared.filter((one) => one.region === region),
      ),
    ),
  );
  return found.flat();
}

async function inRegion(
  account: Quotas,
  region: string,
  declared: readonly DeclaredRepository[],
): Promise<FoundState[]> {
  const { environment, accountId } = account;
  const reason = (error: Error) => reasonOf(error, environment);
  const [forRepositories, forImages] = await Promise.all([
    limitOf(account, region, registeredRepositories),
    limitOf(account, region, imagesPerRepository),
  ]);
  const registry = await repositoriesIn(account.ecr(region), accountId)
    .then((count) =>
      usage(
        `The registry in ${region} has ${counted(count, "repository", "repositories")}`,
        count,
        forRepositories,
      ),
    )
    .catch((error: Error): FoundState => {
      return { state: "unknown", text: `The registry in ${region} cannot be counted: ${reason(error)}` };
    });
  let [most, images] = ["", 0];
  const { looked, unknown } = await lookAtEach(
    declared,
    async ({ name, title }) => {
      const count = await imagesIn(account.ecr(region), { registryId: accountId, repositoryName: name });
      if (count >= images) [most, images] = [title, count];
      return count < forImages.value * nearlyUsed
        ? []
        : [usage(`${title} has ${counted(count, "image")}`, count, forImages)];
    },
    { title: ({ title }) => title, reason },
  );
  const full = looked.flatMap(({ found }) => found);
  const fewer = full.length === 0 && looked.length > 0;
  return [
    registry,
    ...(fewer ? [usage(`${most} has most images, ${images}`, images, forImages)] : []),
    ...full,
    ...unknown,
  ];
}

/** A quota of this account, or AWS's default and why it is not known. */
interface Limit {
  readonly quota: Quota;
  readonly value: number;
  readonly unreadable?: string;
}

/** @see https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_GetServiceQuota.html the applied quota */
async function limitOf(account: Quotas, region: string, quota: Quota): Promise<Limit> {
  try {
    const { Quota: applied } = await account
      .client(ServiceQuotasClient, region)
      .send(new GetServiceQuotaCommand({ ServiceCode: "ecr", QuotaCode: quota.code }));
    if (applied?.Value !== undefined) return { quota, value: applied.Value };
    return { quota, value: quota.standard, unreadable: "Service Quotas names no value" };
  } catch (error) {
    return { quota, value: quota.standard, unreadable: reasonOf(error as Error, account.environment) };
  }
}

/** @param has what has how many, e.g. `The registry has 2 repositories` */
function usage(has: string, count: number, { quota, value, unreadable }: Limit): FoundState {
  const known = unreadable === undefined;
  const limit = known ? "its quota" : "AWS's default quota";
  const doubt = known ? "" : ` The quota of this account cannot be read: ${unreadable.replace(/\.$/, "")}.`;
  const text = `${has}, of ${value}, ${limit}.${doubt}`;
  const ask = `Ask for more: Service Quotas, Amazon ECR, ${quota.name} (${quota.code}).`;
  if (count < value * nearlyUsed) return ok(text);
  return count >= value && known ? problem(text, ask) : note(text, ask);
}

async function repositoriesIn(client: ECRClient, registryId: string): Promise<number> {
  let count = 0;
  for await (const { repositories = [] } of paginateDescribeRepositories(
    { client, pageSize: 1000 },
    { registryId },
  ))
    count += repositories.length;
  return count;
}

/** Archived ones too: AWS does not document whether the quota counts them. A repository that does not exist has none. */
async function imagesIn(
  client: ECRClient,
  id: { registryId: string; repositoryName: string },
): Promise<number> {
  const count = async () => {
    let images = 0;
    for await (const _ of listedImages(client, id)) images++;
    return images;
  };
  return count().catch(whenMissing("RepositoryNotFoundException", 0));
}

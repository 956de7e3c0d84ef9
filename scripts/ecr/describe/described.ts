import { DescribeKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { keyAlias } from "../../../environments/naming";
import { consumersOf } from "../../../environments/plan/consumers";
import type { Environment } from "../../../environments/plan/environment";
import {
  type AddressedRepository,
  addressedRepositories,
} from "../../../environments/plan/repository-addresses";
import { renderPath } from "../../../environments/schema/problem";
import { repositoryArn, repositoryUrl } from "../../../modules/ecr/repository/repository-address";
import type { AccountConnection } from "../account-connection";
import { isList } from "../image-input";
import type { RepositoryReader } from "../images/repository-reader";
import { repositoryAtAws } from "./at-aws";
import type { Description, ImageTotals } from "./description";
import { compared } from "./difference";
import type { RepositorySettings } from "./settings";

/**
 * Everything about a repository.
 *
 * @param declared what the environment file says about it
 * @throws CommandError when AWS refuses to tell whether it exists
 */
export async function described(
  environment: Environment,
  declared: Partial<RepositorySettings>,
  account: AccountConnection,
  reader: RepositoryReader,
): Promise<Description> {
  const { repository } = reader;
  const found = await repositoryAtAws(reader);
  return {
    ...offline(environment, repository),
    exists: found !== undefined,
    createdAt: found?.repository.createdAt?.toISOString() ?? null,
    images: found === undefined ? null : await totals(reader),
    settings: compared(
      found === undefined ? declared : await withKey(environment, repository, account, declared),
      found?.settings ?? {},
    ),
    unread: found?.unread ?? {},
  };
}

/** What follows from the environment file. */
function offline(environment: Environment, repository: AddressedRepository) {
  const { kind, name, accountId, region, repository: shortName } = repository;
  const same = (one: AddressedRepository) => one.kind === "replica" && one.repository === shortName;
  return {
    environment: environment.name,
    repository: shortName,
    kind,
    name,
    accountId,
    region,
    url: repositoryUrl(repository),
    arn: repositoryArn(repository),
    replicas: addressedRepositories(environment).filter(same).map(repositoryUrl),
    consumers: consumersOf(environment)
      .filter(({ options }) => options.image.repository === shortName)
      .map(({ path }) => renderPath(path)),
  };
}

/** The settings with the key of the security layer, if it encrypts and may be looked up. */
async function withKey(
  environment: Environment,
  { region, kind }: AddressedRepository,
  account: AccountConnection,
  declared: Partial<RepositorySettings>,
): Promise<Partial<RepositorySettings>> {
  if (declared.encryptionType === undefined || "kmsKey" in declared || kind === "unmanaged") return declared;
  const request = new DescribeKeyCommand({ KeyId: keyAlias(environment, "ecr") });
  try {
    const { KeyMetadata } = await account.client(KMSClient, region).send(request);
    return { ...declared, ...(KeyMetadata?.Arn !== undefined && { kmsKey: KeyMetadata.Arn }) };
  } catch {
    // Who may read repositories may lack kms:DescribeKey; the key is then shown and not compared.
    return declared;
  }
}

async function totals(reader: RepositoryReader): Promise<ImageTotals> {
  let [count, bytes, push, pull] = [0, 0, 0, 0];
  for await (const image of reader.images()) {
    const { imageSizeInBytes = 0, imagePushedAt, lastRecordedPullTime } = image;
    count += 1;
    // The size of a list is that of its largest image, which is listed too.
    if (!isList(image)) bytes += imageSizeInBytes;
    push = Math.max(push, imagePushedAt?.getTime() ?? 0);
    pull = Math.max(pull, lastRecordedPullTime?.getTime() ?? 0);
  }
  const text = (time: number) => (time === 0 ? null : new Date(time).toISOString());
  return { count, bytes, lastPush: text(push), lastPull: text(pull) };
}

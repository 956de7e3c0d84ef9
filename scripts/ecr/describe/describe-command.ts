import type { Command } from "commander";
import { keyAlias } from "../../../environments/naming";
import { consumersOf } from "../../../environments/plan/consumers";
import type { Environment } from "../../../environments/plan/environment";
import {
  type AddressedRepository,
  addressedRepositories,
} from "../../../environments/plan/repository-addresses";
import { renderPath } from "../../../environments/schema/problem";
import { repositoryArn, repositoryUrl } from "../../../modules/ecr/repository/repository-address";
import { listedProject } from "../../environment-files/listed-project";
import type { AccountConnection } from "../account-connection";
import { chosenRepository, repositoryForms } from "../addresses/chosen-repository";
import type { RepositoryReader } from "../images/repository-reader";
import { reading } from "../reading";
import {
  chosenEnvironment,
  type SetExitCode,
  type VerbHelp,
  type VerbOptions,
  verb,
  writeResult,
} from "../verb";
import { declaredSettings } from "./declared";
import { type Description, exitCodeOf, type ImageTotals } from "./description";
import { asText } from "./description-output";
import { compared } from "./difference";
import type { RepositorySettings } from "./settings";

interface DescribeOptions extends VerbOptions {
  readonly repository: string;
  readonly region?: string;
}

const help: VerbHelp = {
  notes: `Compares tags, encryption, scanning, replication, the lifecycle policy and the repository policy. Order does not count in
policies. Settings that the environment file does not name are shown and not compared.
Sizes of images are added up; layers that they share are stored once, so ECR bills this or less.`,
  exitCodes: {
    0: "AWS has what the environment file says",
    2: "a setting differs",
    3: "AWS has no such repository",
    1: "it cannot be read",
    130: "stopped with Ctrl-C",
  },
  examples: ["--env dev --repository web-app", "--env prod --repository web-app --region us-west-2 --json"],
};

/**
 * `describe`: everything about one repository, and where AWS differs from the environment file.
 *
 * @param setExitCode receives the exit code
 */
export function describeCommand(setExitCode: SetExitCode): Command {
  return verb("describe", "Show a repository: what the environment file says, and what AWS has.", help)
    .requiredOption("--repository <name>", repositoryForms)
    .option("--region <region>", "Region of a replica")
    .action((options: DescribeOptions) =>
      reading(async (signal) => {
        const environment = chosenEnvironment(options);
        const repository = chosenRepository(environment, options);
        const { AccountConnection: Connection, RepositoryReader: Reader } = await live();
        const account = await Connection.open(environment);
        const reader = new Reader(account, repository, signal);
        const description = await describe(environment, repository, account, reader);
        writeResult(options, description, () => asText(description));
        setExitCode(exitCodeOf(description));
      }),
    );
}

async function describe(
  environment: Environment,
  repository: AddressedRepository,
  account: AccountConnection,
  reader: RepositoryReader,
): Promise<Description> {
  const { repositoryAtAws } = await live();
  const declared = declaredSettings(environment, repository, listedProject().environments);
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
  const { DescribeKeyCommand, KMSClient } = await import("@aws-sdk/client-kms");
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
  for await (const {
    imageSizeInBytes = 0,
    imagePushedAt,
    lastRecordedPullTime,
    ...image
  } of reader.images()) {
    count += 1;
    // The size of a list is that of its largest image, which is listed too.
    if (!/index|list/.test(image.imageManifestMediaType ?? "")) bytes += imageSizeInBytes;
    push = Math.max(push, imagePushedAt?.getTime() ?? 0);
    pull = Math.max(pull, lastRecordedPullTime?.getTime() ?? 0);
  }
  const text = (time: number) => (time === 0 ? null : new Date(time).toISOString());
  return { count, bytes, lastPush: text(push), lastPull: text(pull) };
}

/** Loads the AWS SDK only when needed. */
async function live() {
  return {
    ...(await import("../account-connection.js")),
    ...(await import("../images/repository-reader.js")),
    ...(await import("./at-aws.js")),
  };
}

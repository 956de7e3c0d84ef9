/**
 * The limit of one option, in addition to its type. `exceeded-limits.ts` checks `max` and `isArn`; docs/reference/limits.md lists
 * all of them.
 *
 * A path is written as in docs/reference/options.md: `<name>` is a name that the file chooses, `[]` an entry of a list. The key of a
 * map's entry has the path `<map>.<name>@`.
 */
export interface Limit {
  /**
   * Most Unicode characters of a string, entries of a list or names of a map.
   *
   * @default - no limit of its own: `words` says what limits it
   */
  readonly max?: number;
  /** Characters, and what else limits it, for the page. Empty where the schema says everything. */
  readonly words: string;
  /** Whether it is the ARN of something in the environment's partition. @default false */
  readonly isArn?: true;
  /** Page of AWS or of whoever else sets the limit; `project` where this project does. */
  readonly source: string;
}

/** Limits by path. */
export type Limits = Readonly<Record<string, Limit>>;

/** A limit with a maximum. */
export const atMost = (max: number, words: string, source: string): Limit => ({ max, words, source });

/** An ARN in the environment's partition. */
export const arn = (max: number, words: string, source: string): Limit => ({
  max,
  words: `${words}, in the environment's partition`,
  source,
  isArn: true,
});

/** No maximum of its own. `words` says which rule limits it, together with other options. */
export const limitedBy = (words: string, source: string): Limit => ({ words, source });

/** A name that the file defines elsewhere, e.g. in `security.secrets`. It is as long as it is there. */
export const nameIn = (section: string): Limit => ({
  words: `a name in \`${section}\``,
  source: "project",
});

/** An integer, whose range is in the schema. */
export const range = (source: string): Limit => ({ words: "", source });

/** Limits of the options of a section, which several sections may share. */
export const under = (path: string, limits: Limits): Limits =>
  Object.fromEntries(
    Object.entries(limits).map(([name, limit]) => [
      name === "" || name.startsWith("[") ? `${path}${name}` : `${path}.${name}`,
      limit,
    ]),
  );

const docs = "https://docs.aws.amazon.com";

/** Pages that several limits come from. */
export const pages = {
  accountId: `${docs}/accounts/latest/reference/manage-acct-identifiers.html`,
  ecr: `${docs}/AmazonECR/latest/userguide/service-quotas.html`,
  ecrImage: `${docs}/AmazonECR/latest/APIReference/API_ImageIdentifier.html`,
  ecs: `${docs}/AmazonECS/latest/developerguide/service-quotas.html`,
  eks: `${docs}/eks/latest/userguide/service-quotas.html`,
  iam: `${docs}/IAM/latest/UserGuide/reference_iam-quotas.html`,
  kms: `${docs}/kms/latest/APIReference/API_CreateKey.html`,
  kmsArn: `${docs}/kms/latest/APIReference/API_DescribeKey.html`,
  lambda: `${docs}/lambda/latest/dg/gettingstarted-limits.html`,
  lambdaFunction: `${docs}/lambda/latest/api/API_CreateFunction.html`,
  lambdaImage: `${docs}/lambda/latest/api/API_ImageConfig.html`,
  logs: `${docs}/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html`,
  regions: `${docs}/global-infrastructure/latest/regions/aws-regions.html`,
  kubernetesNames: "https://kubernetes.io/docs/concepts/overview/working-with-objects/names/",
  kubernetesQuantities: "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",
  vpc: `${docs}/vpc/latest/userguide/amazon-vpc-limits.html`,
} as const;

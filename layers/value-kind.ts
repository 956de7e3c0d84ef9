import { namePrefix, rolePath } from "../environments/naming";
import type { Environment } from "../environments/plan/environment";
import { nameStart, repositoryName } from "../environments/plan/repository-names";
import { partitionOf } from "../modules/iam/aws-partition";

/** A Terraform function that fails for a value of another form. */
export type TerraformCheck = "cidrnetmask";

/** What a value that one layer passes to another must be, in one environment. */
export interface ValueRule {
  /** Completes "this must be", e.g. `the ID of a VPC, vpc-<hexadecimal digits>`. */
  readonly text: string;
  /** The whole value matches it. Understood by JavaScript and by Terraform, whose expressions have RE2. */
  readonly pattern: string;
  /** Terraform functions that also accept the value, i.e. that do not fail. */
  readonly functions?: readonly TerraformCheck[];
}

/**
 * A kind of value. Account, Region and names come from the environment that published it, and `key` is the name of the value
 * in a map.
 */
export type ValueKind = (environment: Environment, key?: string) => ValueRule;

/**
 * A KMS key of the environment's account and Region, by its ARN. AWS services replace an alias, an ID or nothing by a
 * key that nobody chose, or Terraform then plans a replacement.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_EncryptionConfiguration.html without a key, ECR
 *   uses the AWS managed key
 */
export const kmsKeyArn: ValueKind = (environment) => {
  const prefix = arnOf(environment, "kms", "key/");
  return { text: `the ARN of a KMS key, ${prefix}<id>`, pattern: `${literal(prefix)}[A-Za-z0-9-]+` };
};

/** A KMS key in a Region of the environment's account, by its ARN. The Region is the key in the map. */
export const regionalKmsKeyArn: ValueKind = (environment, region = environment.region) =>
  kmsKeyArn({ ...environment, region });

/**
 * A role of the environment, by its ARN.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html characters and length of a name
 */
export const roleArn: ValueKind = (environment) => {
  const { accountId, region } = environment;
  const prefix = `arn:${partitionOf(region)}:iam::${accountId}:role${rolePath(environment)}`;
  return {
    text: `the ARN of a role, ${prefix}<name>`,
    pattern: `${literal(prefix)}[A-Za-z0-9_+=,.@-]{1,64}`,
  };
};

/**
 * A secret of the environment, by its complete ARN, which ends with a hyphen and six characters.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html#secret-details
 */
export const secretArn: ValueKind = (environment) => {
  const prefix = arnOf(environment, "secretsmanager", "secret:");
  const names = namePrefix(environment);
  const paths = [`${names}/`, `ecr-pullthroughcache/${names}-`];
  return {
    text: `the ARN of a secret, ${paths.map((path) => `${prefix}${path}<name>-<6 characters>`).join(" or ")}`,
    pattern: `${literal(prefix)}(${paths.map(literal).join("|")})[A-Za-z0-9/_+=.@-]+-[A-Za-z0-9]{6}`,
  };
};

/** @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html 8 or 17 hexadecimal digits */
export const vpcId: ValueKind = () => resourceId("VPC", "vpc");

/** See {@link vpcId}. */
export const subnetId: ValueKind = () => resourceId("subnet", "subnet");

/**
 * The IPv4 range of a VPC.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html `/16` to `/28`
 */
export const vpcCidr: ValueKind = () => ({
  text: "the IPv4 range of a VPC, /16 to /28, such as 10.0.0.0/16",
  pattern: "[0-9]{1,3}[.][0-9]{1,3}[.][0-9]{1,3}[.][0-9]{1,3}/(1[6-9]|2[0-8])",
  functions: ["cidrnetmask"],
});

/** A repository of the environment, by its name in ECR. The key in the map is its short name. */
export const repositoryNameKind: ValueKind = (environment, shortName) => {
  const { text, pattern } = namedLike(environment, shortName);
  return { text: `the name of a repository, ${text}`, pattern };
};

/** The same by its ARN. */
export const repositoryArnKind: ValueKind = (environment, shortName) => {
  const prefix = arnOf(environment, "ecr", "repository/");
  const { text, pattern } = namedLike(environment, shortName);
  return { text: `the ARN of a repository, ${prefix}${text}`, pattern: `${literal(prefix)}${pattern}` };
};

/** The same by the URL that images are pushed to. An emulator has a host of its own. */
export const repositoryUrlKind: ValueKind = (environment, shortName) => {
  const { accountId, region } = environment;
  const { text, pattern } = namedLike(environment, shortName);
  return {
    text: `the URL of a repository, ${accountId}.dkr.ecr.${region}.<domain>/${text}`,
    pattern: `${accountId}[.]dkr[.]ecr[.]${region}[.][a-z0-9.-]+/${pattern}`,
  };
};

/** The environment's account. */
export const accountIdKind: ValueKind = ({ accountId }) => ({
  text: `the account ${accountId}`,
  pattern: accountId,
});

/** Characters of the name of a repository. */
const inName = "[a-z0-9._/-]+";

/** The names of the environment's repositories. One that starts like others stands for all that start so. */
function namedLike(environment: Environment, shortName: string | undefined): ValueRule {
  const start = nameStart(environment);
  const names = (shortName === undefined ? Object.keys(environment.ecr.repositories) : [shortName]).map(
    (short) => repositoryName(environment, short),
  );
  const others = names.filter((name) => start === undefined || !name.startsWith(start));
  const like =
    start !== undefined && (others.length === 0 || others.length < names.length)
      ? [{ text: `${start}<short name>`, pattern: `${literal(start)}${inName}` }]
      : [];
  const all = [...like, ...others.map((name) => ({ text: name, pattern: literal(name) }))];
  const [only] = all;
  if (only !== undefined && all.length === 1) return only;
  return {
    text: all.map(({ text }) => text).join(" or "),
    pattern: `(${all.map(({ pattern }) => pattern).join("|")})`,
  };
}

function resourceId(noun: string, prefix: string): ValueRule {
  return {
    text: `the ID of a ${noun}, ${prefix}-<hexadecimal digits>`,
    pattern: `${prefix}-([0-9a-f]{8}|[0-9a-f]{17})`,
  };
}

function arnOf({ accountId, region }: Environment, service: string, resource: string): string {
  return `arn:${partitionOf(region)}:${service}:${region}:${accountId}:${resource}`;
}

/** A pattern for exactly this text, without backslashes: in Terraform JSON they would be escaped twice. */
const literal = (text: string): string => text.replace(/[.+*?()[\]{}|^$\\]/g, "[$&]");

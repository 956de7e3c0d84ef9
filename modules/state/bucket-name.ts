/** Beginnings and ends of bucket names that S3 keeps for itself. */
const reservedPrefixes = ["xn--", "sthree-", "amzn-s3-demo-"];
const reservedSuffixes = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"];

/** Only buckets in the namespace of an account and Region end like this, and Terraform creates others. */
const accountNamespaceSuffix = "-an";

/**
 * Why S3 rejects the name of a general purpose bucket, as "rule; remedy"; `undefined` when it is valid.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export function bucketNameProblem(name: string): string | undefined {
  if (!/^[a-z0-9](?:[a-z0-9-]|\.(?!\.)){1,61}[a-z0-9]$/.test(name))
    return "an S3 bucket name has 3 to 63 lowercase letters, digits, hyphens and single periods, and starts and ends with a letter or digit; choose a globally unique name, for example one that contains the account ID";
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(name))
    return "an S3 bucket name cannot look like an IP address; choose another name";
  const prefix = reservedPrefixes.find((reserved) => name.startsWith(reserved));
  if (prefix !== undefined) return `S3 reserves bucket names that start with ${prefix}; choose another name`;
  const suffix = reservedSuffixes.find((reserved) => name.endsWith(reserved));
  return suffix === undefined
    ? undefined
    : `S3 reserves bucket names that end with ${suffix}; choose another name`;
}

/** Why Terraform cannot create a bucket whose name is valid, as "rule; remedy"; `undefined` when it can. */
export function newBucketNameProblem(name: string): string | undefined {
  return name.endsWith(accountNamespaceSuffix)
    ? `a bucket whose name ends with ${accountNamespaceSuffix} is in the namespace of its account and Region, where this project does not create buckets; choose another name, or create the bucket yourself and set createBucket: false`
    : undefined;
}

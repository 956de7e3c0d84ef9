import { partitionFor } from "../../../modules/iam/aws-regions";
import type { FoundIdentity } from "../environment-input";

/**
 * What data sources of AWS say in an account and Region, by the name with which an expression refers to them.
 *
 * @returns `undefined` for other names, and if the account or Region is not known
 */
export function knownValue(name: string, { accountId, region }: FoundIdentity): string | undefined {
  const [, type = "", attribute = ""] = /^data\.(aws_[a-z_]+)\.[\w-]+\.([a-z_]+)$/.exec(name) ?? [];
  const partition = region === undefined ? undefined : partitionFor(region);
  const values: Readonly<Record<string, string | undefined>> = {
    "aws_caller_identity account_id": accountId,
    "aws_caller_identity id": accountId,
    "aws_region name": region,
    "aws_region region": region,
    "aws_region id": region,
    "aws_partition partition": partition?.id,
    "aws_partition id": partition?.id,
    "aws_partition dns_suffix": partition?.dnsSuffix,
  };
  return values[`${type} ${attribute}`];
}

import { allow, type Statement } from "../iam/policy-document";

/** What a client may do. */
export interface FileAccess {
  readonly fileSystemArn: string;
  readonly accessPointArn: string;
  readonly writes: boolean;
}

/**
 * Mounts file systems through access points. The order of the accesses is that of their statements.
 *
 * @see https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html
 */
export function filePermission(accesses: readonly FileAccess[]): Statement[] {
  return accesses.map(({ fileSystemArn, accessPointArn, writes }, index) =>
    allow(
      `Files${index}`,
      ["elasticfilesystem:ClientMount", ...(writes ? ["elasticfilesystem:ClientWrite"] : [])],
      fileSystemArn,
      { StringEquals: { "elasticfilesystem:AccessPointArn": accessPointArn } },
    ),
  );
}

/** What the permissions boundary has to allow for that: the file systems of the account, as far as a role's policy allows them. */
export const fileBoundary = (fileSystems: string): Statement =>
  allow("Files", ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"], fileSystems);

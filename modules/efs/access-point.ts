import { EfsAccessPoint } from "@cdktf/provider-aws/lib/efs-access-point";
import type { Construct } from "constructs";

/** A directory of a file system, and as whom a client uses it. */
export interface FileDirectory {
  /** Name of the access point, e.g. `myproject-dev-web-app-uploads`. */
  readonly name: string;
  readonly fileSystemId: string;
  /** Path in the file system. EFS creates the directory when a client first mounts it. */
  readonly directory: string;
  /** User and group ID of all operations, and of the directory that EFS creates. */
  readonly uid: number;
  readonly gid: number;
  /** Permissions of the directory that EFS creates, e.g. `0750`. */
  readonly permissions: string;
}

/**
 * An access point, through which a client sees one directory only. Every change but one of tags replaces it; the files stay.
 *
 * @see https://docs.aws.amazon.com/efs/latest/ug/efs-access-points.html
 */
export function accessPoint(scope: Construct, id: string, directory: FileDirectory): EfsAccessPoint {
  const { name, fileSystemId, directory: path, uid, gid, permissions } = directory;
  return new EfsAccessPoint(scope, id, {
    fileSystemId,
    posixUser: { uid, gid },
    rootDirectory: { path, creationInfo: { ownerUid: uid, ownerGid: gid, permissions } },
    tags: { Name: name },
    // The tasks that run still use the old one.
    lifecycle: { createBeforeDestroy: true },
  });
}

import { allow, type Statement } from "../iam/policy-document";
import { tagCondition } from "./environment-tags";
import type { ManagedEnvironment } from "./plan-permission";

/**
 * What Terraform reads of file systems.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticfilesystem.html
 */
export const fileReads = (): Statement[] => [
  allow("ReadFileSystems", ["elasticfilesystem:Describe*", "elasticfilesystem:ListTagsForResource"], "*"),
];

/**
 * What manages the file systems of an environment, whose IDs AWS chooses: they are known by their tags.
 *
 * @param existing IDs of file systems that the environment has access points of, and does not own
 * @see https://docs.aws.amazon.com/efs/latest/ug/accessing-fs-create-mount-target-permissions.html
 * @see https://docs.aws.amazon.com/efs/latest/ug/using-tags-efs.html
 * @see https://docs.aws.amazon.com/efs/latest/ug/API_ModifyMountTargetSecurityGroups.html
 */
export function fileSystemPermission(managed: ManagedEnvironment, existing: readonly string[]): Statement[] {
  const { partition, accountId, region } = managed;
  const arn = (resource: string) => `arn:${partition}:elasticfilesystem:${region}:${accountId}:${resource}`;
  const requested = tagCondition(managed, "Request");
  return [
    ...fileReads(),
    allow("NewFileSystems", ["elasticfilesystem:CreateFileSystem"], "*", requested),
    // Without the condition, a tag could make any file system of the account one of this environment.
    allow("TagNewFiles", ["elasticfilesystem:TagResource"], [arn("file-system/*"), arn("access-point/*")], {
      StringEquals: { "elasticfilesystem:CreateAction": ["CreateAccessPoint", "CreateFileSystem"] },
    }),
    allow(
      "FileSystems",
      fileSystemActions,
      [arn("file-system/*"), arn("access-point/*")],
      tagCondition(managed, "Resource"),
    ),
    ...(existing.length === 0
      ? []
      : [
          allow(
            "AccessPointsOfOthers",
            ["elasticfilesystem:CreateAccessPoint"],
            existing.map((id) => arn(`file-system/${id}`)),
            requested,
          ),
        ]),
    // EFS makes the network interfaces of mount targets as the caller, and they have no names to restrict.
    allow("MountTargetInterfaces", ["ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface"], "*", {
      StringEquals: { "aws:RequestedRegion": region },
    }),
    // Otherwise, the role itself could open any instance or database of the account with another security group.
    allow("MountTargetGroups", ["ec2:ModifyNetworkInterfaceAttribute"], "*", {
      StringEquals: { "aws:RequestedRegion": region },
      Bool: { "aws:ViaAWSService": "true" },
    }),
  ];
}

const fileSystemActions = [
  "elasticfilesystem:CreateAccessPoint",
  "elasticfilesystem:CreateMountTarget",
  "elasticfilesystem:DeleteAccessPoint",
  "elasticfilesystem:DeleteFileSystem",
  "elasticfilesystem:DeleteFileSystemPolicy",
  "elasticfilesystem:DeleteMountTarget",
  "elasticfilesystem:ModifyMountTargetSecurityGroups",
  "elasticfilesystem:PutBackupPolicy",
  "elasticfilesystem:PutFileSystemPolicy",
  "elasticfilesystem:PutLifecycleConfiguration",
  "elasticfilesystem:TagResource",
  "elasticfilesystem:UntagResource",
  "elasticfilesystem:UpdateFileSystem",
];

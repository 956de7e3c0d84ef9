import { EfsBackupPolicy } from "@cdktf/provider-aws/lib/efs-backup-policy";
import { EfsFileSystem } from "@cdktf/provider-aws/lib/efs-file-system";
import { EfsFileSystemPolicy } from "@cdktf/provider-aws/lib/efs-file-system-policy";
import { EfsMountTarget } from "@cdktf/provider-aws/lib/efs-mount-target";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { policyDocument, type Statement } from "../iam/policy-document";
import { NameScope } from "../terraform/name-scope";
import { type InfrequentAccessDays, nfsPort } from "./file-system-settings";

export interface FileSystemModuleProps {
  /** Name, e.g. `myproject-dev-uploads`. Another one replaces the file system. */
  readonly name: string;
  readonly vpcId: string;
  /** One subnet in each Availability Zone that uses the file system, by an ID for its mount target that stays. */
  readonly subnetIds: Readonly<Record<string, string>>;
  readonly throughput: "elastic" | "bursting";
  /** Days without access after which a file moves to the storage class Infrequent Access. @default - never */
  readonly infrequentAccessAfterDays?: InfrequentAccessDays | undefined;
  /** Whether AWS Backup backs it up every day. */
  readonly backups: boolean;
  /** Whether Terraform refuses to destroy it. */
  readonly preventDestroy: boolean;
}

/**
 * A file system of Amazon EFS, encrypted with the AWS managed key, with a mount target in each zone. Only clients that
 * {@link admit} lets in reach it, over TLS, and only as far as IAM allows: a file system without a policy would let every client in.
 *
 * @see https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html
 */
export class FileSystemModule extends Construct {
  private readonly fileSystem: EfsFileSystem;
  private readonly group: SecurityGroup;
  private readonly clients: NameScope;
  /** What must exist before a client mounts it, and until the last one stops. */
  readonly needed: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: FileSystemModuleProps) {
    super(scope, id);
    const { name, backups, infrequentAccessAfterDays: days } = props;
    this.fileSystem = new EfsFileSystem(this, "file_system", {
      creationToken: name,
      encrypted: true,
      throughputMode: props.throughput,
      ...(days !== undefined && { lifecyclePolicy: [{ transitionToIa: transition(days) }] }),
      tags: { Name: name },
      lifecycle: { preventDestroy: props.preventDestroy },
    });
    const policy = new EfsFileSystemPolicy(this, "policy", {
      fileSystemId: this.id,
      policy: policyDocument(fileSystemPolicy(this.arn)),
    });
    new EfsBackupPolicy(this, "backup", {
      fileSystemId: this.id,
      backupPolicy: { status: backups ? "ENABLED" : "DISABLED" },
    });
    this.group = new SecurityGroup(this, "group", {
      namePrefix: `${name}-`,
      description: `Mount targets of ${name}`,
      vpcId: props.vpcId,
      lifecycle: { createBeforeDestroy: true },
    });
    const targets = new NameScope(this, "mount_targets");
    const mountTargets = Object.entries(props.subnetIds).map(
      ([key, subnetId]) =>
        new EfsMountTarget(targets, key, {
          fileSystemId: this.id,
          subnetId,
          securityGroups: [this.group.id],
        }),
    );
    this.clients = new NameScope(this, "clients");
    this.needed = [policy, ...mountTargets];
  }

  get id(): string {
    return this.fileSystem.id;
  }

  get arn(): string {
    return this.fileSystem.arn;
  }

  /** Let a client in. @param client its name, e.g. that of a service @param groupId its security group */
  admit(client: string, groupId: string): ITerraformDependable {
    return new VpcSecurityGroupIngressRule(this.clients, client, {
      securityGroupId: this.group.id,
      description: `From ${client}`,
      ipProtocol: "tcp",
      fromPort: nfsPort,
      toPort: nfsPort,
      referencedSecurityGroupId: groupId,
      lifecycle: { createBeforeDestroy: true },
    });
  }
}

const transition = (days: InfrequentAccessDays): string =>
  days === 1 ? "AFTER_1_DAY" : `AFTER_${days}_DAYS`;

/**
 * The policy allows nothing itself, so that each client needs permissions of IAM.
 *
 * @see https://docs.aws.amazon.com/efs/latest/ug/access-control-block-public-access.html
 */
function fileSystemPolicy(arn: string): Statement[] {
  const everyone = { Effect: "Deny", Principal: { AWS: "*" }, Resource: arn } as const;
  return [
    { Sid: "OnlyTls", ...everyone, Action: ["*"], Condition: { Bool: { "aws:SecureTransport": "false" } } },
    { Sid: "NoRoot", ...everyone, Action: ["elasticfilesystem:ClientRootAccess"] },
  ];
}

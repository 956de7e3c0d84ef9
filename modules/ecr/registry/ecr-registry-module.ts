import { EcrRegistryPolicy } from "@cdktf/provider-aws/lib/ecr-registry-policy";
import { EcrRegistryScanningConfiguration } from "@cdktf/provider-aws/lib/ecr-registry-scanning-configuration";
import { EcrReplicationConfiguration } from "@cdktf/provider-aws/lib/ecr-replication-configuration";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { policyDocument, type Statement } from "../../iam/policy-document";
import type { ReplicationRule } from "./replication-settings";
import type { ScanningSettings } from "./scanning-settings";

/**
 * Addresses of everything in this module, in a stack whose construct `registry` it is. A stack whose registry another project owns forgets them:
 * without that, Terraform would destroy what the other project has taken over.
 */
export const registryAddresses: readonly string[] = [
  "aws_ecr_registry_scanning_configuration.scanning",
  "aws_ecr_replication_configuration.registry",
  "aws_ecr_registry_policy.policy",
];

export interface EcrRegistryModuleProps {
  /** The scanning configuration. */
  readonly scanning: ScanningSettings;
  /** Replication rules. Empty: no replication, and no resource. @default - none */
  readonly replication?: readonly ReplicationRule[];
  /** What Terraform reads or creates before the rules. @default - nothing */
  readonly replicationDependsOn?: readonly ITerraformDependable[];
  /** Statements of the registry policy. Empty: no policy. @default - none */
  readonly policyStatements?: readonly Statement[];
}

/**
 * Registry settings that AWS keeps once per account and Region. Only one stack of an account and Region may contain
 * this module: with two, the last apply would silently overwrite the other.
 *
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/42808
 */
export class EcrRegistryModule extends Construct {
  constructor(scope: Construct, id: string, props: EcrRegistryModuleProps) {
    super(scope, id);
    const { scanning, replication = [], replicationDependsOn = [], policyStatements = [] } = props;
    new EcrRegistryScanningConfiguration(this, "scanning", {
      scanType: scanning.scanType,
      rule: scanning.rules.map(({ scanFrequency, filters }) => ({
        scanFrequency,
        repositoryFilter: filters.map((filter) => ({ filter, filterType: "WILDCARD" })),
      })),
    });
    if (replication.length > 0)
      new EcrReplicationConfiguration(this, "replication", {
        ...(replicationDependsOn.length > 0 && { dependsOn: [...replicationDependsOn] }),
        replicationConfiguration: {
          rule: replication.map(({ destinations, filters }) => ({
            destination: [...destinations],
            repositoryFilter: filters.map((filter) => ({ filter, filterType: "PREFIX_MATCH" })),
          })),
        },
      });
    if (policyStatements.length > 0)
      new EcrRegistryPolicy(this, "policy", { policy: policyDocument(policyStatements) });
  }
}

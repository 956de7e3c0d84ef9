import type { ECRClient } from "@aws-sdk/client-ecr";
import { createdSettings, type ExistingSettings } from "../review/registry-loss";
import type { TerraformPlan } from "../review/terraform-plan";

/**
 * The settings of a registry that a plan would overwrite by creating their resources, because they were made outside
 * Terraform. Asks AWS only for those that the plan creates.
 */
export async function existingSettings(client: ECRClient, plan: TerraformPlan): Promise<ExistingSettings> {
  const found: Record<string, object> = {};
  for (const type of createdSettings(plan)) {
    const settings = await readers[type]?.(client);
    if (settings !== undefined) found[type] = settings;
  }
  return found;
}

/** The replication that a registry has, in the attributes of the resource; `undefined` without rules. */
export async function existingReplication(client: ECRClient): Promise<object | undefined> {
  const { DescribeRegistryCommand } = await import("@aws-sdk/client-ecr");
  const { replicationConfiguration } = await client.send(new DescribeRegistryCommand({}));
  const rules = replicationConfiguration?.rules ?? [];
  if (rules.length === 0) return undefined;
  const rule = rules.map(({ destinations = [], repositoryFilters = [] }) => ({
    destination: destinations.map(({ region, registryId }) => ({ region, registry_id: registryId })),
    repository_filter: repositoryFilters,
  }));
  return { replication_configuration: [{ rule }] };
}

/** What ECR has, in the attributes of the resource; `undefined` if that is what a new registry has. */
const readers: Readonly<Record<string, (client: ECRClient) => Promise<object | undefined>>> = {
  aws_ecr_registry_scanning_configuration: async (client) => {
    const { GetRegistryScanningConfigurationCommand } = await import("@aws-sdk/client-ecr");
    const { scanningConfiguration } = await client.send(new GetRegistryScanningConfigurationCommand({}));
    const { scanType, rules = [] } = scanningConfiguration ?? {};
    if (rules.length === 0) return undefined;
    return {
      scan_type: scanType,
      rule: rules.map(({ scanFrequency, repositoryFilters = [] }) => ({
        scan_frequency: scanFrequency,
        repository_filter: repositoryFilters,
      })),
    };
  },
  aws_ecr_replication_configuration: existingReplication,
  aws_ecr_registry_policy: async (client) => {
    const { GetRegistryPolicyCommand } = await import("@aws-sdk/client-ecr");
    try {
      const { policyText } = await client.send(new GetRegistryPolicyCommand({}));
      return policyText === undefined ? undefined : { policy: policyText };
    } catch (error) {
      if ((error as Error).name === "RegistryPolicyNotFoundException") return undefined;
      throw error;
    }
  },
};

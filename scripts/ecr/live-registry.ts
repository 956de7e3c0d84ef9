import type { RegistryScanningConfiguration, ReplicationConfiguration } from "@aws-sdk/client-ecr";
import type { ReplicationRule } from "../../modules/ecr/registry/replication-settings";
import type { ScanningSettings } from "../../modules/ecr/registry/scanning-settings";

/**
 * The replication that a registry has, in the form in which this project computes it. A rule without filters applies to every
 * repository.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ReplicationRule.html
 */
export const liveReplication = (configuration: ReplicationConfiguration | undefined): ReplicationRule[] =>
  (configuration?.rules ?? []).map(({ destinations = [], repositoryFilters = [] }) => ({
    destinations: destinations.map(({ region = "", registryId = "" }) => ({ region, registryId })),
    filters: repositoryFilters.length === 0 ? [""] : repositoryFilters.map(({ filter = "" }) => filter),
  }));

/** The scanning that a registry has, in the same form. */
export const liveScanning = ({
  scanType = "BASIC",
  rules = [],
}: RegistryScanningConfiguration = {}): ScanningSettings =>
  ({
    scanType,
    rules: rules.map(({ scanFrequency = "", repositoryFilters = [] }) => ({
      scanFrequency,
      filters: repositoryFilters.map(({ filter = "" }) => filter),
    })),
  }) as ScanningSettings;

import type { ReplicationRule } from "../../../modules/ecr/registry/replication-settings";
import type { ScanningSettings } from "../../../modules/ecr/registry/scanning-settings";
import type { RepositoryInput } from "../environment-input";
import type { Place } from "../hcl/value";
import type { FoundSettings } from "./found-settings";

/** A repository that exists, as AWS or a Terraform state has it. */
export interface FoundRepository {
  /** Full name in ECR. */
  readonly name: string;
  /** Where it was found. @default - in the account */
  readonly place?: Place;
  readonly imageTagMutability: string;
  /** Tags that the mode does not apply to. */
  readonly exclusionFilters: readonly string[];
  readonly encryptionType: string;
  /** ARN of the KMS key. @default - none */
  readonly kmsKey?: string;
  /** The repository's own setting. */
  readonly scanOnPush: boolean;
  readonly tags: Readonly<Record<string, string>>;
  /** As JSON. @default - none */
  readonly lifecyclePolicy?: string;
  /** As JSON. @default - none */
  readonly policy?: string;
  /** A setting of Terraform that AWS does not know. @default - unknown */
  readonly forceDelete?: boolean;
  /** Options that are known besides. With `maxImageCount`, it has no lifecycle policy of its own. @default - none */
  readonly further?: RepositoryInput;
}

/** Something that exists and that no option corresponds to, or that is not read further. */
export interface FoundOther {
  /** E.g. `pull-through cache docker-hub`, or an address in a state. */
  readonly subject: string;
  readonly place?: Place;
  /** What to do about it. */
  readonly text: string;
}

/** A registry that exists. */
export interface FoundRegistry {
  readonly accountId: string | undefined;
  readonly region: string | undefined;
  readonly repositories: readonly FoundRepository[];
  /** @default - not known */
  readonly scanning?: ScanningSettings;
  /** @default - not known */
  readonly replication?: readonly ReplicationRule[];
  /** @default - not known */
  readonly settings?: FoundSettings;
  readonly others: readonly FoundOther[];
}

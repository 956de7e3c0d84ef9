import type { EnvironmentId } from "../../environments/naming";
import { explainReplication, explainScanning } from "../../modules/ecr/registry/registry-explanation";
import type { ReplicationRule } from "../../modules/ecr/registry/replication-settings";
import type { ScanningSettings } from "../../modules/ecr/registry/scanning-settings";
import { valueAt } from "../../modules/values/value-at";
import { accessChange } from "./policy-access";
import { effectOf, type ResourceChange, type TerraformPlan } from "./terraform-plan";
import type { Weakening } from "./weakening";

/** A repository in ECR. */
export interface ExistingRepository {
  /** Its name, e.g. `myproject-qa-api`. */
  readonly name: string;
  /** The environment of its tags; `undefined` without them. */
  readonly environment: EnvironmentId | undefined;
}

/** What a repository or an environment loses with settings that all environments of a registry share. */
export interface RegistryLoss extends Weakening {
  /** Whether it belongs to the environment that is deployed, whose file then says so. */
  readonly own: boolean;
}

/** What {@link registryLosses} knows besides the plan. */
export interface RegistryContext {
  /** The environment that is deployed. */
  readonly environment: EnvironmentId;
  readonly accountId: string;
  /** Every repository of the registry; needed if {@link changesRepositories}. */
  readonly repositories: readonly ExistingRepository[];
  /** What the registry has that the state does not. @default - nothing */
  readonly existing?: ExistingSettings;
}

/**
 * Settings of a registry that were made outside Terraform, in the attributes of their resource, by its type. Creating such a
 * resource overwrites them, and its plan does not show it.
 */
export type ExistingSettings = Readonly<Record<string, object>>;

export const scanningType = "aws_ecr_registry_scanning_configuration";
export const replicationType = "aws_ecr_replication_configuration";
const policyType = "aws_ecr_registry_policy";

/** Whether a plan changes how a registry scans or replicates its repositories. */
export function changesRepositories(
  { resource_changes = [] }: TerraformPlan,
  existing: ExistingSettings = {},
): boolean {
  return resource_changes.some(
    (change) => [scanningType, replicationType].includes(change.type) && loses(change, existing),
  );
}

/** The types of a registry's settings that a plan creates, which overwrites what the registry has. */
export function createdSettings({ resource_changes = [] }: TerraformPlan): string[] {
  const settings = [scanningType, replicationType, policyType];
  return resource_changes
    .filter((change) => settings.includes(change.type) && effectOf(change) === "create")
    .map(({ type }) => type);
}

/** Types whose resources environments share. */
const sharedTypes: ReadonlySet<string> = new Set([
  ...[scanningType, replicationType, policyType],
  ...["aws_ecr_pull_through_cache_rule", "aws_cloudwatch_log_resource_policy"],
]);

/** Whether something that exists changes or goes. */
const loses = (change: ResourceChange, existing: ExistingSettings = {}): boolean => {
  const effect = effectOf(change);
  return effect !== undefined && (effect !== "create" || existing[change.type] !== undefined);
};

/** Everything that repositories and environments lose with the settings of their registry. */
export function registryLosses(plan: TerraformPlan, context: RegistryContext): RegistryLoss[] {
  return (plan.resource_changes ?? [])
    .filter((change) => sharedTypes.has(change.type) && loses(change, context.existing))
    .map(({ change, ...others }) => ({
      ...others,
      change: { ...change, before: change.before ?? context.existing?.[others.type] },
    }))
    .flatMap((change) => lossesOf(change, context))
    .map((loss) => ({ ...loss, gate: loss.own ? "registry-settings" : "registry-loss" }));
}

function lossesOf(change: ResourceChange, context: RegistryContext): Omit<RegistryLoss, "gate">[] {
  const { address, type } = change;
  const { before, after } = change.change;
  if (type === scanningType) return eachRepository(change, context, scanningLoss(before, after));
  if (type === replicationType) return eachRepository(change, context, replicationLoss(before, after));
  if (type === "aws_ecr_pull_through_cache_rule" && effectOf(change) === "destroy") {
    const name = String(valueAt(before, ["ecr_repository_prefix"]));
    // Its address begins with the environment, e.g. aws_ecr_pull_through_cache_rule.qa_docker-hub.
    const own = address.startsWith(`${type}.${context.environment.name}_`);
    return [{ address, name, own, text: "is no longer a pull-through cache; pulls through it fail" }];
  }
  const policy = { [policyType]: "policy", aws_cloudwatch_log_resource_policy: "policy_document" }[type];
  return policy === undefined ? [] : policyLosses(change, policy, context);
}

/** The registry's policies have one statement for several environments; what they allow names its repositories. */
function policyLosses(
  change: ResourceChange,
  attribute: string,
  context: RegistryContext,
): Omit<RegistryLoss, "gate">[] {
  const { address, change: details } = change;
  const { accountId, environment } = context;
  const [before, after] = [details.before, details.after].map((value) => {
    const text = valueAt(value, [attribute]);
    return typeof text === "string" ? text : undefined;
  });
  const prefix = `${environment.project}-${environment.name}`;
  return accessChange(before, after, accountId).lost.map(({ text, resource = "" }) => ({
    address,
    name: resource.replace(/^arn:[^:]*:[^:]*:[^:]*:[^:]*:/, ""),
    text: text.replace(` on ${resource}`, ""),
    own: resource.includes(`/${prefix}-`) || resource.includes(`/${prefix}/`),
  }));
}

/** What a repository of that name loses; `undefined` if it loses nothing. */
type LossOf = (name: string) => string | undefined;

function eachRepository(
  { address }: ResourceChange,
  { environment, repositories }: RegistryContext,
  lossOf: LossOf,
): Omit<RegistryLoss, "gate">[] {
  return repositories.flatMap(({ name, environment: owner }) => {
    const text = lossOf(name);
    const own = owner?.project === environment.project && owner.name === environment.name;
    return text === undefined ? [] : [{ address, name, text, own }];
  });
}

const frequencies = ["CONTINUOUS_SCAN", "SCAN_ON_PUSH", "MANUAL", "OFF"];

function scanningLoss(before: unknown, after: unknown): LossOf {
  const [old, current] = [scanningOf(before), scanningOf(after)];
  return (name) => {
    const [from, to] = [explainScanning(old, name), explainScanning(current, name)];
    const rank = ({ scanFrequency }: typeof from) => frequencies.indexOf(scanFrequency);
    const onlyBasic = from.scanType === "ENHANCED" && to.scanType === "BASIC" && from.scanFrequency !== "OFF";
    if (rank(to) <= rank(from) && !onlyBasic) return undefined;
    if (from.scanFrequency === "MANUAL" || from.scanFrequency === "OFF") return undefined;
    const text = ({ scanType, scanFrequency }: typeof from) => `${scanType} ${scanFrequency}`;
    return `loses scanning: ${text(from)} -> ${text(to)}`;
  };
}

function replicationLoss(before: unknown, after: unknown): LossOf {
  const [old, current] = [replicationOf(before), replicationOf(after)];
  return (name) => {
    const destinations = (rules: readonly ReplicationRule[]) =>
      explainReplication(rules, name).destinations.map(
        ({ registryId, region }) => `${registryId} in ${region}`,
      );
    const kept = destinations(current);
    const gone = destinations(old).filter((destination) => !kept.includes(destination));
    return gone.length === 0 ? undefined : `loses replication to ${gone.join(", ")}`;
  };
}

/** Blocks of a resource as an array; none if the resource does not exist. */
function blocks(value: unknown, ...path: (string | number)[]): readonly unknown[] {
  const found = valueAt(value, path);
  return Array.isArray(found) ? found : [];
}

const filtersOf = (rule: unknown): string[] =>
  blocks(rule, "repository_filter").map((block) => String(valueAt(block, ["filter"])));

/** ECR's own setting is basic scanning without filters, which is also what remains when Terraform destroys it. */
export function scanningOf(value: unknown): ScanningSettings {
  return {
    scanType: valueAt(value, ["scan_type"]) === "ENHANCED" ? "ENHANCED" : "BASIC",
    rules: blocks(value, "rule").map((rule) => ({
      scanFrequency: valueAt(rule, ["scan_frequency"]) as ScanningSettings["rules"][number]["scanFrequency"],
      filters: filtersOf(rule),
    })),
  };
}

/** A rule without filters replicates every repository. */
export function replicationOf(value: unknown): ReplicationRule[] {
  return blocks(value, "replication_configuration", 0, "rule").map((rule) => {
    const filters = filtersOf(rule);
    return {
      filters: filters.length === 0 ? [""] : filters,
      destinations: blocks(rule, "destination").map((block) => ({
        region: String(valueAt(block, ["region"])),
        registryId: String(valueAt(block, ["registry_id"])),
      })),
    };
  });
}

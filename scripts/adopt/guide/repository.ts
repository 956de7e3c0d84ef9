import { defined, type RepositoryInput } from "../environment-input";
import type { InputReader } from "../hcl/input-reader";
import { plain } from "../hcl/value";

/** Account and Region that the repositories are in, as far as they are known. */
export interface RegistryPlace {
  readonly accountId?: string | undefined;
  readonly region?: string | undefined;
}

/** The options of an entry of `ecr_repositories`. */
export const repositoryVariables: ReadonlySet<string> = new Set([
  "allowed_account_ids",
  "enable_cross_account_access",
  "enable_enhanced_scanning",
  "enable_lambda_pull",
  "enable_replication",
  "image_tag_mutability",
  "lifecycle_policy",
  "max_image_count",
  "replication_destinations",
  "scan_frequency",
  "scan_on_push",
]);

/**
 * The options of one entry of `ecr_repositories`. What has no effect there, because a switch is off, is left out and noted.
 */
export function guideRepository(input: InputReader, place: RegistryPlace): RepositoryInput {
  const repository = defined({
    imageTagMutability: input.text("image_tag_mutability") as RepositoryInput["imageTagMutability"],
    ...scanning(input),
    ...lifecycle(input),
    ...access(input, place),
    enableLambdaPull: input.boolean("enable_lambda_pull"),
    ...replication(input, place),
  });
  input.noteRest((key) =>
    key === "tags" || key === "force_delete"
      ? "the guide has no such option, so it is left out"
      : "this is no option of the guide's repositories, so it is left out",
  );
  return repository as RepositoryInput;
}

/** The scanning of a repository, without the frequency that contradicts its kind. */
function scanning(input: InputReader) {
  const scanOnPush = input.boolean("scan_on_push");
  const enableEnhancedScanning = input.boolean("enable_enhanced_scanning");
  const scanFrequency = input.text("scan_frequency");
  const isEnhanced = enableEnhancedScanning === true;
  const without = (text: string) => {
    input.note("contradiction", "scan_frequency", text);
    return { scanOnPush, enableEnhancedScanning };
  };
  if (scanFrequency === "CONTINUOUS_SCAN" && !isEnhanced)
    return without(
      "basic scanning is never continuous, so the frequency is left out; for Amazon Inspector, set enableEnhancedScanning: true",
    );
  if (scanFrequency === "MANUAL" && isEnhanced)
    return without(
      "enhanced scanning is never manual, so the frequency is left out, and images are scanned on push",
    );
  if (scanFrequency === "MANUAL" && scanOnPush !== false)
    return without(
      "scan_on_push is true, so the frequency is left out, and images are scanned on push; to scan by hand, set scanOnPush: false",
    );
  if (scanOnPush === false && (isEnhanced || (scanFrequency !== undefined && scanFrequency !== "MANUAL"))) {
    // The guide's default, which says nothing.
    if (!isEnhanced && scanFrequency === "SCAN_ON_PUSH") {
      input.note(
        "contradiction",
        "scan_frequency",
        "scan_on_push is false, so the frequency is left out, and no image is scanned on push",
      );
      return { scanOnPush, enableEnhancedScanning };
    }
    input.note(
      "contradiction",
      "scan_on_push",
      "enhanced scanning always scans on push, so this is left out",
    );
    return { enableEnhancedScanning, scanFrequency };
  }
  return { scanOnPush, enableEnhancedScanning, scanFrequency };
}

function lifecycle(input: InputReader) {
  const policy = input.value("lifecycle_policy");
  const maxImageCount = input.number("max_image_count");
  if (policy === undefined) return { maxImageCount };
  if (maxImageCount !== undefined)
    input.note("contradiction", "max_image_count", "lifecycle_policy replaces it, so it is left out");
  const text = plain(policy);
  return { lifecyclePolicy: typeof text === "string" ? text : JSON.stringify(text) };
}

function access(input: InputReader, { accountId }: RegistryPlace) {
  const isOn = input.boolean("enable_cross_account_access") ?? false;
  const listed = [...new Set(input.texts("allowed_account_ids"))];
  if (!isOn) {
    if (listed.length > 0)
      input.note(
        "contradiction",
        "allowed_account_ids",
        "enable_cross_account_access is not true, so no other account can pull, and the list is left out",
      );
    return {};
  }
  const allowedAccountIds = listed.filter((id) => id !== accountId);
  if (allowedAccountIds.length < listed.length)
    input.note(
      "loss",
      "allowed_account_ids",
      "the repository's own account needs no entry, so it is left out",
    );
  if (allowedAccountIds.length > 0) return { enableCrossAccountAccess: true, allowedAccountIds };
  input.note("contradiction", "enable_cross_account_access", "no other account is named, so it is left out");
  return {};
}

function replication(input: InputReader, { accountId, region }: RegistryPlace) {
  const isOn = input.boolean("enable_replication") ?? false;
  const named = input.objectsInList("replication_destinations").flatMap((destination) => {
    const to = destination.text("region");
    const registryId = destination.text(
      "registry_id",
      "no one has filled this in; images are copied within the environment's own account",
    );
    destination.noteRest(() => "a destination has no such option, so it is left out");
    const isOther = registryId !== undefined && registryId !== accountId;
    return to === undefined ? [] : [{ region: to, ...(isOther && { registryId }) }];
  });
  const unique = [...new Map(named.map((one) => [JSON.stringify(one), one])).values()];
  const replicationDestinations = unique.filter((one) => one.region !== region || "registryId" in one);
  if (replicationDestinations.length < unique.length)
    input.note(
      "contradiction",
      "replication_destinations",
      "a registry cannot replicate to itself, so its own Region is left out",
    );
  if (isOn && replicationDestinations.length > 0) return { enableReplication: true, replicationDestinations };
  if (isOn) input.note("contradiction", "enable_replication", "there is no destination, so it is left out");
  else if (named.length > 0)
    input.note(
      "contradiction",
      "replication_destinations",
      "enable_replication is not true, so nothing is copied, and the list is left out",
    );
  return {};
}

import { layers } from "../../environments/naming";
import { credentialProblem, type Target } from "./credentials";
import { diskProblem } from "./disk";
import { oneLine } from "./one-line";
import { serviceCapacity } from "./service-capacity";

/** Where Terraform ran. */
export interface TerraformRun {
  /** Name of the stack. */
  readonly stack: string;
  /** Folder of the stack. */
  readonly directory: string;
  readonly environment: Target;
}

/**
 * What stands in the way of Terraform, and what to do, in one sentence. Terraform's own message, which is longer, was shown
 * before.
 *
 * @param printed what Terraform printed on standard error
 * @returns `undefined` if the problem is in the configuration or in AWS
 */
export function terraformProblem(printed: string, run: TerraformRun): string | undefined {
  const error = oneLine(printed);
  return (
    unsavedState(error, run) ??
    credentialProblem(error, run.environment) ??
    halfWritten(error, run) ??
    heldLock(error, run) ??
    wrongVersion(error) ??
    movedState(error, run) ??
    missingProvider(error, run) ??
    stalePlan(error, run) ??
    undeployedLayer(error, run) ??
    otherProvider(error) ??
    unreachableRegistry(error) ??
    existingRepository(error, run) ??
    serviceCapacity(error, run.stack) ??
    diskProblem(error, run.directory)
  );
}

/** @see https://developer.hashicorp.com/terraform/cli/commands/state/push */
function unsavedState(error: string, { stack, directory }: TerraformRun): string | undefined {
  return error.includes("errored.tfstate")
    ? `The state of ${stack} could not be saved; Terraform kept it in ${directory}/errored.tfstate. Solve the problem above, then run terraform -chdir=${directory} state push errored.tfstate, before anything else.`
    : undefined;
}

/** Files that a killed run, or a full disk, has left half-written. Terraform 1.11 words each differently. */
function halfWritten(error: string, { stack, directory }: TerraformRun): string | undefined {
  if (error.includes("Unsupported state file format"))
    return `The state of ${stack} is damaged, e.g. because a run was killed while it was written; restore its last whole version: of a local state the .backup file next to it, otherwise an earlier version of the object in the bucket.`;
  if (error.includes("Failed to load state: invalid syntax"))
    return `${directory}/.terraform is damaged, e.g. because a run was killed; remove that folder, which holds no state, and rerun the command.`;
  if (error.includes("failed to read dependency lock file"))
    return `${directory}/.terraform.lock.hcl is damaged, e.g. because a run was killed; remove it, and rerun the command.`;
  return undefined;
}

/**
 * A held lock. Terraform also begins other errors with the same words, e.g. of a state that it cannot read.
 *
 * @see https://developer.hashicorp.com/terraform/language/state/locking
 */
function heldLock(error: string, { stack, directory }: TerraformRun): string | undefined {
  if (!error.includes("Error acquiring the state lock")) return undefined;
  if (/AccessDenied|StatusCode: 403/.test(error))
    return `The AWS credentials do not allow locking the state of ${stack}; they need s3:PutObject and s3:DeleteObject on its .tflock object.`;
  const field = (name: string) => new RegExp(`\\b${name}: +(\\S+)`).exec(error)?.[1];
  const id = field("ID");
  if (id === undefined && !/PreconditionFailed|StatusCode: 412|temporarily unavailable/.test(error))
    return undefined;
  const who = field("Who") === undefined ? "another run" : `${field("Who")}`;
  const since =
    field("Created") === undefined ? "" : ` since ${/\bCreated: +(\S+(?: \d\S+)?)/.exec(error)?.[1]}`;
  return `The state of ${stack} is locked by ${who}${since}; wait until that run ends, then rerun the command. If it no longer runs: terraform -chdir=${directory} force-unlock ${id ?? "<ID from the message above>"}`;
}

/** The version in `layers/layer-stack.ts`, in words. */
const requiredTerraform = "Terraform 1.11 or later";

function wrongVersion(error: string): string | undefined {
  const [, product, version] =
    /does not support (Terraform|OpenTofu) version (\d[\w.-]*[\w])/.exec(error) ?? [];
  return version === undefined
    ? undefined
    : `This is ${product} ${version}; install ${requiredTerraform}, or set TERRAFORM_BINARY_NAME to one that is installed.`;
}

/** @see https://developer.hashicorp.com/terraform/cli/commands/init#backend-initialization */
function movedState(error: string, { stack, directory }: TerraformRun): string | undefined {
  return /Backend configuration changed|Backend type changed/.test(error)
    ? `${directory} was initialized for another state location. To move the state of ${stack} to the new one: terraform -chdir=${directory} init -migrate-state. If the state is there already: terraform -chdir=${directory} init -reconfigure`
    : undefined;
}

/**
 * Something in the state was created with a provider that the stack no longer has: a replica, or its key, in a Region that
 * is no longer a destination.
 *
 * @see https://developer.hashicorp.com/terraform/language/providers/configuration#multiple-provider-configurations
 */
function missingProvider(error: string, { stack, environment }: TerraformRun): string | undefined {
  if (!error.includes("Provider configuration not present")) return undefined;
  const aliases = [...error.matchAll(/provider\["[^"]+"\]\.([a-z0-9-]+) is required/g)].map(
    ([, alias]) => alias,
  );
  if (aliases.length === 0) return undefined;
  const regions = [...new Set(aliases)].toSorted().join(", ");
  return `${stack} still has resources in ${regions}, but ${environment.name} no longer replicates there; add these Regions to ecr.formerReplicaRegions, deploy, and remove them again.`;
}

/** @see https://developer.hashicorp.com/terraform/cli/commands/apply#plan-file */
function stalePlan(error: string, { stack }: TerraformRun): string | undefined {
  return error.includes("Saved plan is stale")
    ? `The state of ${stack} has changed since the plan was made, so nothing was applied; plan again.`
    : undefined;
}

/** The data sources of remote states are called `<layer>`, or `<layer>_<environment>` where a stack reads those of several. */
function undeployedLayer(error: string, { stack, environment }: TerraformRun): string | undefined {
  const sources = error.matchAll(
    /Unable to find remote state with data\.terraform_remote_state\.([a-z]+)(?:_([\w-]+))?,/g,
  );
  const commands = [...sources].flatMap(([, layer = "", name = environment.name]) =>
    layers.some((one) => one === layer) ? [`npm run deploy -- ${name} --layer ${layer}`] : [],
  );
  return commands.length === 0
    ? undefined
    : `${stack} reads the outputs of a layer that was never deployed; deploy it first: ${[...new Set(commands)].join(", ")}`;
}

/**
 * A provider with another version or checksum than the lock file has. Terraform 1.11 words each case differently.
 *
 * @see https://developer.hashicorp.com/terraform/language/files/dependency-lock
 */
function otherProvider(error: string): string | undefined {
  if (/doesn't match any of the checksums|does not match any of the checksums/.test(error))
    return "The AWS provider that Terraform found has none of the checksums in .terraform.lock.hcl. If the lock lacks this platform, run npm run lock and commit the file; otherwise do not use this provider.";
  return /does not match configured version constraint|Provider dependency changes detected|[Ii]nconsistent dependency lock file/.test(
    error,
  )
    ? ".terraform.lock.hcl has another version of the AWS provider than the stack; run npm run lock, review the change and commit it."
    : undefined;
}

function unreachableRegistry(error: string): string | undefined {
  return /could not connect to registry\.terraform\.io|Failed to query available provider packages|Failed to install provider/i.test(
    error,
  )
    ? "Terraform cannot download the AWS provider; check the network or proxy, or configure a mirror: https://developer.hashicorp.com/terraform/cli/config/config-file#provider-installation"
    : undefined;
}

/** @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html */
function existingRepository(
  error: string,
  { stack, environment: { name } }: TerraformRun,
): string | undefined {
  return error.includes("RepositoryAlreadyExistsException")
    ? `A repository that ${stack} would create exists, and is not in its state. If ecr.stateShards has changed, move it there: npm run shards -- --env ${name}. Otherwise import it: npm run imports -- ${name} --layer compute`
    : undefined;
}

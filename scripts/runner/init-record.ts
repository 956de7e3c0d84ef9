import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { binary, processEnvironment } from "./terraform-environment";

/** File in the folder of a stack that records what the folder was initialized for. */
const recordFile = join(".terraform", "runner-init.sha256");

/** Files that `terraform init` writes: the provider versions and checksums, and the backend. */
const initFiles = [".terraform.lock.hcl", join(".terraform", "terraform.tfstate")];

/** Variables with which a folder is always initialized. */
const unrecordedVariables = ["TF_DATA_DIR", "TF_CLI_ARGS", "TF_CLI_ARGS_init"];

/** Whether an earlier run initialized a folder for exactly its present configuration. */
export function isRecorded(directory: string): boolean {
  const record = join(directory, recordFile);
  return existsSync(record) && readFileSync(record, "utf8") === fingerprint(directory);
}

/** Record that a folder is initialized for its present configuration. */
export function recordInit(directory: string): void {
  const current = fingerprint(directory);
  if (current !== undefined) writeFileSync(join(directory, recordFile), current);
}

/** Before `init`: if that fails, the folder may be anything. */
export function forgetInit(directory: string): void {
  rmSync(join(directory, recordFile), { force: true });
}

/** Whether the state that a folder was initialized for is where its configuration says: in the same S3 object. */
export function isStateInPlace(directory: string): boolean {
  const read = (file: string) => JSON.parse(readFileSync(join(directory, file), "utf8"));
  try {
    const { s3 } = read("cdk.tf.json").terraform.backend;
    const { type, config } = read(join(".terraform", "terraform.tfstate")).backend;
    return type === "s3" && ["bucket", "key", "region"].every((key) => s3[key] === config[key]);
  } catch {
    // One of the two has no S3 backend, or a file that a killed run left half-written.
    return false;
  }
}

/**
 * Hash of everything that decides what `terraform init` does: the `terraform` and `module` blocks, the lock file, the
 * backend that the folder is initialized for, the binary, and Terraform's environment variables.
 *
 * @returns `undefined` if the record could not be relied on: with further configuration files, another data folder, or
 *   flags for init, such as -upgrade, which may do something else each time
 */
function fingerprint(directory: string): string | undefined {
  const isConfiguration = (name: string) => /\.(tf|tofu)(\.json)?$/.test(name);
  const [only, ...others] = readdirSync(directory).filter(isConfiguration);
  if (only !== "cdk.tf.json" || others.length > 0) return undefined;
  if (unrecordedVariables.some((name) => process.env[name] !== undefined)) return undefined;
  const written = initFiles.map((name) => join(directory, name));
  if (!written.every((path) => existsSync(path))) return undefined;
  const { terraform, module } = JSON.parse(readFileSync(join(directory, only), "utf8"));
  const variables = Object.entries(processEnvironment()).filter(([name]) => name.startsWith("TF_"));
  const parts = [
    ...[binary(), terraform, module, variables.toSorted()],
    ...written.map((path) => readFileSync(path, "utf8")),
  ];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

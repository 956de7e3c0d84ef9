import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** The cdktf CLI reads the same variable. Its value is a command or a path, e.g. `tofu`. */
export const binary = (): string => process.env["TERRAFORM_BINARY_NAME"] ?? "terraform";

/** The environment variables of every Terraform command. */
export function processEnvironment(): NodeJS.ProcessEnv {
  const cache = join(homedir(), ".terraform.d", "plugin-cache");
  if (process.env["TF_PLUGIN_CACHE_DIR"] === undefined) mkdirSync(cache, { recursive: true });
  return {
    // Without a cache, every stack would download the provider again. The cdktf CLI uses the same folder.
    TF_PLUGIN_CACHE_DIR: cache,
    ...process.env,
    // Terraform does not ask HashiCorp for newer versions.
    CHECKPOINT_DISABLE: "1",
    TF_IN_AUTOMATION: "1",
  };
}

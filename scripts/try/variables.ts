import { join } from "node:path";
import { withoutSettings } from "../../emulator/own-settings";

/** Environment variables of a process. */
export type Variables = Readonly<Record<string, string>>;

/**
 * The environment variables of every command in a trial: those of this process, without its settings of AWS, Terraform
 * and CDKTF. A command that has them reaches the emulator, and nothing of AWS.
 *
 * - `AWS_ENDPOINT_URL` is that of the emulator, for every service.
 * - The configuration and credentials files are empty, so there is no profile and no other endpoint.
 * - No metadata service of EC2 or ECS is asked for credentials.
 * - Temporary files, such as sockets of Terraform's plugins, are in the folder of the trial, which is removed.
 *
 * @param account the emulator's endpoint and its credentials for the account
 * @param folder the trial's
 * @param provider what lets Terraform find the AWS provider
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export function trialVariables(
  inherited: NodeJS.ProcessEnv,
  account: Variables,
  folder: string,
  provider: Variables,
): Record<string, string> {
  return {
    ...withoutSettings(inherited),
    ...account,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: join(folder, "aws-config"),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, "aws-credentials"),
    AWS_PAGER: "",
    NO_PROXY: withLoopback(inherited["NO_PROXY"] ?? inherited["no_proxy"]),
    no_proxy: withLoopback(inherited["no_proxy"] ?? inherited["NO_PROXY"]),
    CHECKPOINT_DISABLE: "1",
    TMPDIR: join(folder, "tmp"),
    ...provider,
  };
}

/** No proxy stands between a command and the emulator. */
const withLoopback = (value: string | undefined): string =>
  [...new Set([...(value ?? "").split(",").filter(Boolean), "127.0.0.1", "localhost", "::1"])].join(",");

import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";

/** A running AWS emulator. */
export interface Emulator {
  /** Environment variables that make every AWS client talk to it as a principal of the account. */
  asAccount(accountId: string): Promise<Record<string, string>>;
  stop(): Promise<void>;
}

/** Start moto on a free port, with its gaps lifted by `moto/sitecustomize.py`. */
export async function startEmulator(): Promise<Emulator> {
  const child = spawn("moto_server", ["-p", "0"], {
    stdio: ["ignore", "ignore", "pipe"],
    env: {
      ...process.env,
      PYTHONPATH: join(__dirname, "moto"),
      MOTO_IAM_LOAD_MANAGED_POLICIES: "true",
      // Like AWS, it refuses a function whose image is not there.
      MOTO_LAMBDA_STUB_ECR: "false",
    },
  });
  const endpoint = await endpointOf(child);
  const base = {
    // The address, not "localhost": S3 clients would put the bucket in front of a name.
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: "us-east-1",
    AWS_DEFAULT_REGION: "us-east-1",
    AWS_EC2_METADATA_DISABLED: "true",
  };
  const root = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", AWS_SESSION_TOKEN: "" };
  return {
    async asAccount(accountId) {
      const sts = new STSClient({
        endpoint,
        region: "us-east-1",
        credentials: { accessKeyId: "test", secretAccessKey: "test" },
      });
      const { Credentials } = await sts.send(
        new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${accountId}:role/deploy`, RoleSessionName: "test" }),
      );
      return {
        ...base,
        ...root,
        AWS_ACCESS_KEY_ID: Credentials?.AccessKeyId ?? "",
        AWS_SECRET_ACCESS_KEY: Credentials?.SecretAccessKey ?? "",
        AWS_SESSION_TOKEN: Credentials?.SessionToken ?? "",
      };
    },
    stop: () =>
      new Promise((resolve) => {
        child.on("close", () => resolve());
        child.kill("SIGKILL");
      }),
  };
}

/** Where it listens: it says so once it does. */
function endpointOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = "";
    child.on("error", reject);
    child.on("close", () => reject(new Error(`moto_server ended:\n${printed}`)));
    child.stderr?.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
      const endpoint = printed.match(/Running on (http:\/\/[\d.]+:\d+)/)?.[1];
      if (endpoint) resolve(endpoint);
    });
  });
}

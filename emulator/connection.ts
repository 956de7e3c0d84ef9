import { createConnection, type Socket } from "node:net";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";

/** A running AWS emulator. */
export interface Emulator {
  /** e.g. `http://127.0.0.1:40123` */
  readonly endpoint: string;
  /** Environment variables that make every AWS client talk to it as a principal of the account. */
  asAccount(accountId: string): Promise<Record<string, string>>;
  /** Ends it. Later calls do nothing. */
  stop(): Promise<void>;
}

/**
 * Start an emulator on a free port of 127.0.0.1. It ends when this process does.
 *
 * @param socket that of a server from {@link startServer}
 */
export async function startEmulator(socket: string): Promise<Emulator> {
  const connection = createConnection(socket);
  const endpoint = await endpointFrom(connection);
  return {
    endpoint,
    asAccount: (accountId) => accountVariables(endpoint, accountId),
    stop: () =>
      new Promise((resolve) => {
        if (connection.closed) return resolve();
        connection.on("close", () => resolve()).destroy();
      }),
  };
}

/**
 * Environment variables that make every AWS client talk to an emulator as a principal of an account.
 *
 * @param endpoint with the address, not "localhost": S3 clients would put the bucket in front of a name
 */
export async function accountVariables(endpoint: string, accountId: string): Promise<Record<string, string>> {
  const sts = new STSClient({
    endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${accountId}:role/deploy`, RoleSessionName: "test" }),
  );
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: "us-east-1",
    AWS_DEFAULT_REGION: "us-east-1",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_ACCESS_KEY_ID: Credentials?.AccessKeyId ?? "",
    AWS_SECRET_ACCESS_KEY: Credentials?.SecretAccessKey ?? "",
    AWS_SESSION_TOKEN: Credentials?.SessionToken ?? "",
  };
}

/** Where it listens, which is the first line it writes. */
function endpointFrom(connection: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let written = "";
    connection
      .on("error", reject)
      .on("close", () => reject(new Error(`no emulator was started: ${written}`)));
    connection.on("data", (chunk: Buffer) => {
      written += chunk.toString();
      if (written.endsWith("\n")) resolve(written.trim());
    });
  });
}

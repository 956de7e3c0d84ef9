import { createConnection, type Socket } from "node:net";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { inject } from "vitest";

/** A running AWS emulator. */
export interface Emulator {
  /** Environment variables that make every AWS client talk to it as a principal of the account. */
  asAccount(accountId: string): Promise<Record<string, string>>;
  stop(): Promise<void>;
}

/** Start moto on a free port. */
export async function startEmulator(): Promise<Emulator> {
  const connection = createConnection(inject("emulatorSocket"));
  const endpoint = await endpointFrom(connection);
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
        connection.on("close", () => resolve()).destroy();
      }),
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

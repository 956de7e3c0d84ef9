import { readFileSync } from "node:fs";
import { CommandError } from "../../runner/command";
import { type StateInstance, stateInstances } from "./terraform-state";

/**
 * The managed resources of Terraform states.
 *
 * @param files files, or `s3://<bucket>/<key>`
 * @throws CommandError with every state that cannot be read
 */
export async function readStates(files: readonly string[]): Promise<StateInstance[]> {
  const found: StateInstance[] = [];
  const problems: string[] = [];
  for (const file of new Set(files)) {
    try {
      const text = file.startsWith("s3://") ? await objectText(file) : readFileSync(file, "utf8");
      found.push(...stateInstances(file, text));
    } catch (error) {
      const { name, code, message } = error as NodeJS.ErrnoException;
      if (code === undefined && !(error instanceof SyntaxError) && !file.startsWith("s3://")) throw error;
      const reason = code === "ENOENT" ? "there is no such file" : message;
      problems.push(`${file}: ${file.startsWith("s3://") ? `${name}: ${reason}` : reason}`);
    }
  }
  if (problems.length > 0) throw new CommandError(`${problems.join("\n")}\nNothing was written.`);
  return found;
}

/** The text of an object in Amazon S3, with the credentials that the AWS SDK finds, in any Region. */
async function objectText(url: string): Promise<string> {
  const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(url) ?? [];
  if (Bucket === undefined || Key === undefined)
    throw new SyntaxError("this is no object in Amazon S3; use s3://<bucket>/<key>");
  const { GetObjectCommand, S3Client } = await import("@aws-sdk/client-s3");
  const client = new S3Client({
    region: process.env["AWS_REGION"] ?? process.env["AWS_DEFAULT_REGION"] ?? "us-east-1",
    followRegionRedirects: true,
    // A bucket behind an endpoint of your own has no host name of its own.
    forcePathStyle:
      process.env["AWS_ENDPOINT_URL"] !== undefined || process.env["AWS_ENDPOINT_URL_S3"] !== undefined,
  });
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
  return (await Body?.transformToString()) ?? "";
}

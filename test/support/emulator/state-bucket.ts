import { setTimeout as sleep } from "node:timers/promises";
import { GetBucketVersioningCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { clientConfig } from "./client-config";
import type { Ran } from "./workspace";

/** The bucket of an environment's state, as S3 sees it. */
export class StateBucketTruth {
  private readonly s3: S3Client;

  constructor(
    private readonly bucket: string,
    variables: Readonly<Record<string, string>>,
  ) {
    this.s3 = new S3Client({ ...clientConfig(variables), forcePathStyle: true });
  }

  /**
   * Wait until the bucket is there and keeps versions. From then on it can hold state; the AWS provider goes on for
   * most of a minute, watching whether the bucket's lifecycle rules stay as they are.
   *
   * @param bootstrap the run that makes it
   * @throws Error with what that run printed when it ends without the bucket
   */
  async usable(bootstrap: Promise<Ran>): Promise<void> {
    let ended: Ran | undefined;
    bootstrap.then((ran) => {
      ended = ran;
    });
    while (ended === undefined) {
      const { Status } = await this.s3
        .send(new GetBucketVersioningCommand({ Bucket: this.bucket }))
        .catch(() => ({ Status: undefined }));
      if (Status === "Enabled") return;
      await sleep(200);
    }
    throw new Error(`the bootstrap made no bucket:\n${ended.stdout}${ended.stderr}`);
  }

  /** Every key that there was at some moment until a run ended: locks come and go. */
  async keysSeenDuring<T>(run: Promise<T>): Promise<{ result: T; seen: Set<string> }> {
    const seen = new Set<string>();
    let ended = false;
    const watching = (async () => {
      while (!ended) {
        for (const key of await this.keys()) seen.add(key);
        await sleep(200);
      }
    })();
    try {
      return { result: await run, seen };
    } finally {
      ended = true;
      await watching;
    }
  }

  async keys(): Promise<string[]> {
    const { Contents = [] } = await this.s3.send(new ListObjectsV2Command({ Bucket: this.bucket }));
    return Contents.map(({ Key = "" }) => Key).toSorted();
  }
}

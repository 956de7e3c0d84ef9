import { setTimeout as sleep } from "node:timers/promises";
import {
  GetBucketVersioningCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { clientConfig } from "../../../emulator/client-config";
import type { Ran } from "./ran";

/** The bucket of an environment's state, as S3 sees it. */
export class DeployedStateBucket {
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
      await sleep(1_000);
    }
    throw new Error(`the bootstrap made no bucket:\n${ended.stdout}${ended.stderr}`);
  }

  /** Every key that there has ever been: locks come and go, and the bucket keeps the versions of both. */
  async keysEver(): Promise<Set<string>> {
    const { Versions = [] } = await this.s3.send(new ListObjectVersionsCommand({ Bucket: this.bucket }));
    return new Set(Versions.map(({ Key = "" }) => Key));
  }

  async keys(): Promise<string[]> {
    const { Contents = [] } = await this.s3.send(new ListObjectsV2Command({ Bucket: this.bucket }));
    return Contents.map(({ Key = "" }) => Key).toSorted();
  }
}

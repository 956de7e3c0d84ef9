import type { Blob } from "./image-layers";

/** Bytes in each storage class. */
export interface StoredBytes {
  readonly standard: number;
  readonly archive: number;
}

/**
 * The blobs of one repository, each counted once however many images share it, as AWS bills them. An image's blobs are kept as
 * numbers, so that a repository of 100,000 images fits in memory.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push.html a layer that a repository has is not uploaded again
 */
export class RepositoryStorage {
  private readonly indexes = new Map<string, number>();
  private readonly sizes: number[] = [];
  /** When each blob was first pushed, in milliseconds since 1970. */
  private readonly firstPushes: number[] = [];

  /**
   * @param pushedAt when the image with the blobs was pushed
   * @returns index of each blob, without duplicates
   */
  add(blobs: readonly Blob[], pushedAt: Date): number[] {
    const added = blobs.map(({ digest, size }) => {
      const index = this.indexes.get(digest) ?? this.sizes.length;
      if (index === this.sizes.length) {
        this.indexes.set(digest, index);
        this.sizes.push(size);
        this.firstPushes.push(pushedAt.getTime());
      }
      this.firstPushes[index] = Math.min(
        this.firstPushes[index] ?? Number.POSITIVE_INFINITY,
        pushedAt.getTime(),
      );
      return index;
    });
    return [...new Set(added)];
  }

  /** Bytes of a set of blobs. */
  bytesOf(blobs: Iterable<number>): number {
    let bytes = 0;
    for (const index of new Set(blobs)) bytes += this.sizes[index] ?? 0;
    return bytes;
  }

  /** Bytes of the blobs that came with images pushed since then, and that no older image has. */
  newBytesSince(then: Date): number {
    return this.sizes.reduce(
      (sum, size, index) => sum + ((this.firstPushes[index] ?? 0) >= then.getTime() ? size : 0),
      0,
    );
  }
}

import { isPlatform } from "../../../environments/plan/build-platforms";
import { scanOf } from "../image/scan";
import { FirstInOrder } from "./first-in-order";
import { type ImageFilter, imageFilter } from "./image-filter";
import { type ImageOrder, imageOrder } from "./image-order";
import type { Counts } from "./image-output";
import { withPlatforms } from "./image-platforms";
import { type ImageRow, rowOf } from "./image-row";
import { inParallel } from "./in-parallel";
import type { RepositoryReader } from "./repository-reader";
import { signedImages } from "./signed-images";

/** Which images are listed, and how. */
export interface Listing {
  readonly filter: ImageFilter;
  readonly sort: ImageOrder;
  readonly reverse: boolean;
  /** `Infinity` for all. */
  readonly limit: number;
  /** Only images whose scan is in this state. */
  readonly scanState?: string | undefined;
  /** `true` to look platforms up; a platform, e.g. `linux/arm64`, for images that have it. */
  readonly platform?: string | true | undefined;
}

/**
 * The images of a repository that a listing asks for. Reads the repository twice, the first time for signatures, which can
 * come in any order. Holds the digests of signed images, and with an order at most `limit` rows.
 *
 * @param counts receives how many there are, once the rows have been read
 */
export async function* listImages(
  reader: RepositoryReader,
  listing: Listing,
  counts: Counts,
): AsyncGenerator<ImageRow> {
  const { filter, scanState, platform } = listing;
  const signed = await signedImages(reader);
  let rows = rowsOf(reader, signed, imageFilter(filter, new Date()), counts);
  // What costs a request for each image is asked for all of them only if a filter needs it.
  if (scanState !== undefined) rows = only(withScans(reader, rows), ({ scan }) => scan?.state === scanState);
  if (typeof platform === "string")
    rows = only(withPlatforms(reader, rows), ({ platforms = [] }) =>
      platforms.some((one) => isPlatform(one, platform)),
    );
  const first = firstOf(counted(rows, counts), listing);
  const scanned = withScans(reader, first);
  yield* platform === true ? withPlatforms(reader, scanned) : scanned;
}

async function* rowsOf(
  reader: RepositoryReader,
  signed: ReadonlySet<string>,
  matches: (row: ImageRow) => boolean,
  counts: Counts,
): AsyncGenerator<ImageRow> {
  for await (const detail of reader.images()) {
    counts.total += 1;
    const row = rowOf(detail, signed);
    if (matches(row)) yield row;
  }
}

async function* only(
  rows: AsyncIterable<ImageRow>,
  matches: (row: ImageRow) => boolean,
): AsyncGenerator<ImageRow> {
  for await (const row of rows) if (matches(row)) yield row;
}

async function* counted(rows: AsyncIterable<ImageRow>, counts: Counts): AsyncGenerator<ImageRow> {
  for await (const row of rows) {
    counts.matching += 1;
    yield row;
  }
}

/** The first rows: without an order as they come, with one after all have been seen. Every row is counted. */
export async function* firstOf(
  rows: AsyncIterable<ImageRow>,
  { sort, reverse, limit }: Pick<Listing, "sort" | "reverse" | "limit">,
): AsyncGenerator<ImageRow> {
  if (sort === "none") {
    let shown = 0;
    for await (const row of rows) {
      shown += 1;
      if (shown <= limit) yield row;
    }
    return;
  }
  const first = new FirstInOrder(limit, imageOrder(sort, reverse));
  for await (const row of rows) first.add(row);
  yield* first.sorted();
}

/** The rows with the state of their scans, which DescribeImages tells of some only. */
function withScans(reader: RepositoryReader, rows: AsyncIterable<ImageRow>): AsyncGenerator<ImageRow> {
  return inParallel(rows, async (row) =>
    row.scan !== undefined
      ? row
      : {
          ...row,
          scan: await reader.ask((client) => scanOf(client, { ...reader.id, imageDigest: row.digest })),
        },
  );
}

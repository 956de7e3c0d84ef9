import fc from "fast-check";
import { expect, test } from "vitest";
import { partsOf } from "../../../../../../scripts/ecr/replication/copy/layer-parts";
import { runs } from "../../../../../support/property-runs";

async function* streamOf(chunks: readonly Uint8Array[]) {
  yield* chunks;
}

test("parts have the size, except the last, and together they are the stream", async () => {
  const chunks = fc.array(fc.uint8Array({ maxLength: 12 }), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(chunks, fc.integer({ min: 1, max: 9 }), async (given, size) => {
      const parts: Uint8Array[] = [];
      for await (const part of partsOf(streamOf(given), size)) parts.push(part);

      expect(Buffer.concat(parts)).toEqual(Buffer.concat(given));
      expect(parts.slice(0, -1).every(({ length }) => length === size)).toBe(true);
      expect(parts.every(({ length }) => length > 0 && length <= size)).toBe(true);
    }),
    { numRuns: runs(300) },
  );
});

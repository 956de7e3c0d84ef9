/**
 * The bytes of a stream in parts of one size, of which only the last may be smaller. Holds one part in memory.
 *
 * @param size bytes of a part, at least 1
 */
export async function* partsOf(stream: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  let part = new Uint8Array(size);
  let length = 0;
  for await (const chunk of stream)
    for (let start = 0; start < chunk.length; ) {
      const taken = chunk.subarray(start, start + size - length);
      part.set(taken, length);
      length += taken.length;
      start += taken.length;
      if (length < size) continue;
      yield part;
      part = new Uint8Array(size);
      length = 0;
    }
  if (length > 0) yield part.subarray(0, length);
}

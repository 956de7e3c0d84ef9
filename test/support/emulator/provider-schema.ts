/**
 * The schema that a Terraform provider publishes: the message `GetProviderSchema.Response` of plugin protocol 5, in the
 * protobuf encoding.
 *
 * @see https://github.com/hashicorp/terraform/blob/main/docs/plugin-protocol/tfplugin5.9.proto
 * @see https://protobuf.dev/programming-guides/encoding/
 */

/** Resource types and data sources by Terraform's names for them, e.g. `aws_ecr_repository`. */
export interface UsedTypes {
  readonly resources: ReadonlySet<string>;
  readonly dataSources: ReadonlySet<string>;
}

const none: ReadonlySet<string> = new Set();

/**
 * Remove from a schema the resource types and data sources that are not used, and all functions and ephemeral
 * resources. Everything else keeps its bytes.
 *
 * @throws Error when the message is not one of that protocol
 */
export function trimSchema(message: Buffer, { resources, dataSources }: UsedTypes): Buffer {
  /** Names to keep in each map of the message, by the map's field number. */
  const usedNames = new Map([
    [2, resources],
    [3, dataSources],
    [7, none], // functions
    [8, none], // ephemeral resources
  ]);
  const kept = fieldsOf(message).filter(
    ({ number, content }) => usedNames.get(number)?.has(keyOf(content)) ?? true,
  );
  return Buffer.concat(kept.map(({ bytes }) => bytes));
}

interface Field {
  readonly number: number;
  /** The field with its tag and length. */
  readonly bytes: Buffer;
  readonly content: Buffer;
}

/** The protobuf wire type of strings and messages, which is all that these messages consist of. */
const lengthDelimited = 2;

function fieldsOf(message: Buffer): Field[] {
  const fields: Field[] = [];
  let start = 0;
  while (start < message.length) {
    const tag = varintAt(message, start);
    const [number, wireType] = [tag.value >>> 3, tag.value & 7];
    if (wireType !== lengthDelimited)
      throw new Error(`Not a provider schema: field ${number} at byte ${start} has wire type ${wireType}`);
    const length = varintAt(message, tag.end);
    const end = length.end + length.value;
    if (end > message.length)
      throw new Error(`Not a provider schema: field ${number} ends at byte ${end} of ${message.length}`);
    fields.push({
      number,
      bytes: message.subarray(start, end),
      content: message.subarray(length.end, end),
    });
    start = end;
  }
  return fields;
}

/** The key of an entry of a map, which protobuf encodes as a message with the key in field 1. */
const keyOf = (entry: Buffer): string =>
  fieldsOf(entry)
    .find(({ number }) => number === 1)
    ?.content.toString() ?? "";

/** An integer of 7 bits a byte, lowest first; the highest bit says that another byte follows. */
function varintAt(message: Buffer, start: number): { value: number; end: number } {
  let value = 0;
  for (let index = start; index < message.length; index++) {
    const byte = message[index] ?? 0;
    value += (byte & 0x7f) * 2 ** (7 * (index - start));
    if (byte < 0x80) return { value, end: index + 1 };
  }
  throw new Error(`Not a provider schema: it ends inside the number at byte ${start}`);
}

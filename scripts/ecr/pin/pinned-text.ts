import { type Node, writtenDefinition } from "../../failures/written-option";

/** A digest for the image of a consumer. */
export interface Pin {
  /** Where the consumer's image stands, e.g. `["ecs", "services", "web-app", "image"]`. */
  readonly path: readonly PropertyKey[];
  readonly digest: string;
}

/** The text of an environment file with digests in it. */
export interface PinnedText {
  readonly text: string;
  /** Pins whose place in the file was not found. */
  readonly unplaced: readonly Pin[];
}

/** What says which image of a repository runs: one of these. */
const references = ["tag", "digest", "awaitsFirstPush"];

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Write digests into the text of an environment file, in place of tags, other digests and `awaitsFirstPush`. All else stays
 * as it is, comments and formatting too.
 *
 * A place is not found if the image is not written as an object in this file, e.g. if a function makes it, or if one constant
 * would need two digests.
 *
 * @throws SyntaxError when the text is not TypeScript
 */
export function pinnedText(source: string, pins: readonly Pin[]): PinnedText {
  const definition = writtenDefinition(source);
  const edits = new Map<number, Edit>();
  const unplaced: Pin[] = [];
  for (const pin of pins) {
    const found = definition?.along(pin.path) ?? [];
    const image = found.length === pin.path.length ? found.at(-1)?.value : undefined;
    const edit = image && editOf(image, pin.digest);
    const earlier = edit && edits.get(edit.start);
    if (edit === undefined || (earlier !== undefined && earlier.text !== edit.text)) unplaced.push(pin);
    else edits.set(edit.start, edit);
  }
  let text = source;
  for (const { start, end, text: replacement } of [...edits.values()].toSorted((a, b) => b.start - a.start))
    text = `${text.slice(0, start)}${replacement}${text.slice(end)}`;
  return { text, unplaced: [...unplaced, ...ambiguous(text, pins, unplaced)] };
}

/** Placed pins beside which a tag or another digest still counts, e.g. one from a spread constant. */
function ambiguous(text: string, pins: readonly Pin[], unplaced: readonly Pin[]): Pin[] {
  const placed = pins.filter((pin) => !unplaced.includes(pin));
  const definition = placed.length === 0 ? undefined : writtenDefinition(text);
  return placed.filter(({ path, digest }) => {
    const [tag, written, awaits] = references.map((name) => {
      const found = definition?.along([...path, name]) ?? [];
      return found.length > path.length ? found.at(-1)?.value.value : undefined;
    });
    return written !== digest || tag !== undefined || awaits !== undefined;
  });
}

/** The change of an object that is an image. `undefined` unless exactly one property says which image runs. */
function editOf({ properties = [] }: Node, digest: string): Edit | undefined {
  const [property, ...others] = properties.filter(
    ({ key, computed }) => !computed && references.includes(String(key?.name ?? key?.value)),
  );
  if (property?.start == null || property.end == null || others.length > 0) return undefined;
  return { start: property.start, end: property.end, text: `digest: "${digest}"` };
}

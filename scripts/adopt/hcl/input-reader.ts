import { isPlaceholder } from "../../../environments/schema/unreadable-values";
import type { Note, NoteKind } from "../note";
import {
  type Dictionary,
  type Entry,
  type Place,
  plain,
  type Unknown,
  unknownsIn,
  type Value,
} from "./value";

const unfilled = "no one has filled this in, so it is left out; put the real value into the new file";

/** Reads the entries of an object as the types that Terraform converts them to, and notes what cannot be read. */
export class InputReader {
  private readonly read = new Set<string>();

  /** @param subject name of the object in notes, e.g. `ecr_repositories["web-app"]`; empty at the top of a file */
  constructor(
    readonly object: Dictionary,
    readonly subject: string,
    private readonly notes: Note[],
  ) {}

  /** Note something about an entry, or about the object if it has no such entry. */
  note(kind: NoteKind, key: string, text: string): void {
    const entry = this.object.entries.get(key);
    const found = entry && plain(entry.value);
    this.noteAt(kind, entry?.place ?? this.object.place, this.name(key), text, found);
  }

  private noteAt(kind: NoteKind, place: Place, subject: string, text: string, found?: unknown): void {
    this.notes.push({ kind, place, subject, text, ...(found !== undefined && { found }) });
  }

  /** Name of an entry in notes. */
  name(key: string): string {
    return this.subject === "" ? key : `${this.subject}.${key}`;
  }

  /** An entry that nobody has to know of. */
  skip(key: string): void {
    this.read.add(key);
  }

  /** Whether the file sets a value other than `null`. */
  has(key: string): boolean {
    const value = this.object.entries.get(key)?.value;
    return value !== undefined && !(value.kind === "scalar" && value.value === null);
  }

  /** Whether the value of an entry is in the files, if it has one. */
  isKnown(key: string): boolean {
    const value = this.object.entries.get(key)?.value;
    return value === undefined || unknownsIn(value).every(({ isReplaced }) => isReplaced);
  }

  /** The names of all entries that nobody has read yet. */
  unread(): [string, Entry][] {
    return [...this.object.entries].filter(([key]) => !this.read.has(key));
  }

  /** An entry as it is. Its parts without a value are noted; of those in objects that have a reader, by that. */
  value(key: string, unknowns: (value: Value) => readonly Unknown[] = unknownsIn): Value | undefined {
    this.read.add(key);
    const value = this.has(key) ? this.object.entries.get(key)?.value : undefined;
    if (value === undefined) return undefined;
    for (const { place, source, reason, isReplaced } of unknowns(value))
      this.noteAt(
        isReplaced ? "contradiction" : "expression",
        place,
        this.name(key),
        `${reason}, so this is left out: ${source}`,
      );
    return value.kind === "unknown" ? undefined : value;
  }

  /** @param instead what counts in place of a placeholder */
  text(key: string, instead = unfilled): string | undefined {
    const value = this.scalar(key, (found) => String(found), "a text");
    if (value === undefined || !isPlaceholder(value)) return value;
    this.note("placeholder", key, instead);
    return undefined;
  }

  boolean(key: string): boolean | undefined {
    const texts: Readonly<Record<string, boolean>> = { true: true, false: false };
    return this.scalar(key, (found) => texts[String(found)], "true or false");
  }

  number(key: string): number | undefined {
    return this.scalar(
      key,
      (found) => (Number.isFinite(Number(found)) ? Number(found) : undefined),
      "a number",
    );
  }

  private scalar<T>(key: string, convert: (found: unknown) => T | undefined, what: string): T | undefined {
    const value = this.value(key);
    if (value === undefined) return undefined;
    const converted = value.kind === "scalar" ? convert(value.value) : undefined;
    if (converted === undefined) this.note("loss", key, `this is not ${what}, so it is left out`);
    return converted;
  }

  /** A list of texts. Placeholders are left out. */
  texts(key: string): string[] | undefined {
    const value = this.value(key);
    if (value === undefined) return undefined;
    if (value.kind !== "list") {
      this.note("loss", key, "this is no list, so it is left out");
      return undefined;
    }
    return value.items.flatMap((item) => {
      if (item.kind === "unknown") return [];
      if (item.kind !== "scalar" || item.value === null) {
        this.noteAt("loss", item.place, this.name(key), "this is not a text, so it is left out", plain(item));
        return [];
      }
      const text = String(item.value);
      if (!isPlaceholder(text)) return [text];
      this.noteAt("placeholder", item.place, this.name(key), unfilled, text);
      return [];
    });
  }

  /** The objects of a list, each with a reader of its own. */
  objectsInList(key: string): InputReader[] {
    const value = this.value(key, outsideObjects);
    if (value === undefined) return [];
    if (value.kind !== "list") {
      this.note("loss", key, "this is no list, so it is left out");
      return [];
    }
    return value.items.flatMap((item, index) => this.reader(item, item.place, `${this.name(key)}[${index}]`));
  }

  /** The objects in a map by their keys, each with a reader of its own. */
  objectsInMap(key: string): [string, InputReader][] {
    const value = this.value(key, outsideObjects);
    if (value === undefined) return [];
    if (value.kind !== "object") {
      this.note("loss", key, "this is no map of objects, so it is left out");
      return [];
    }
    return [...value.entries].flatMap(([name, { value: inner, place }]) =>
      this.reader(inner, place, `${this.name(key)}[${JSON.stringify(name)}]`).map(
        (reader): [string, InputReader] => [name, reader],
      ),
    );
  }

  /** A reader of an object; what has no value is noted already. */
  private reader(value: Value, place: Place, subject: string): InputReader[] {
    if (value.kind === "object") return [new InputReader(value, subject, this.notes)];
    if (value.kind !== "unknown")
      this.noteAt("loss", place, subject, "this is no object, so it is left out", plain(value));
    return [];
  }

  /** Note every entry that nobody has read, without its value, which may be a secret of something else. */
  noteRest(text: (key: string) => string): void {
    for (const [key, { place }] of this.unread())
      if (this.has(key)) this.noteAt("loss", place, this.name(key), text(key));
    for (const { place, source, reason, isReplaced } of this.object.unknownKeys)
      this.noteAt(
        isReplaced ? "contradiction" : "expression",
        place,
        this.subject,
        `${reason}, so this entry is left out: ${source}`,
      );
  }
}

/** What has no value in a list or map of objects, besides what is in the objects. */
function outsideObjects(value: Value): readonly Unknown[] {
  if (value.kind === "unknown") return [value];
  if (value.kind === "scalar") return [];
  const inner = value.kind === "list" ? value.items : [...value.entries.values()].map((entry) => entry.value);
  const keys = value.kind === "object" ? value.unknownKeys : [];
  return [...keys, ...inner.filter((one) => one.kind === "unknown")];
}

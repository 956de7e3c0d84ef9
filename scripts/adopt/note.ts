import { renderValue } from "../../environments/schema/problem";
import type { Place } from "./hcl/value";

/** What a note is about. */
export type NoteKind =
  /** A value that a template left for somebody to fill in. */
  | "placeholder"
  /** Two values of which only one can have an effect. */
  | "contradiction"
  /** Something that the environment file cannot say, or that this project does not own. */
  | "loss"
  /** An expression whose value is in none of the files. */
  | "expression"
  /** Something that was decided, and can be decided otherwise. */
  | "choice";

/** What somebody should know about one place of what was adopted. */
export interface Note {
  readonly kind: NoteKind;
  /** Where it is written. @default - it is in no file: the account, or a default */
  readonly place?: Place;
  /** What it is about, e.g. `ecr_repositories["web-app"].scan_frequency`. */
  readonly subject: string;
  /** The value there. @default - the subject says enough */
  readonly found?: unknown;
  /** What became of it; what to do. */
  readonly text: string;
}

/** A note as one line. */
export function noteLine({ kind, place, subject, found, text }: Note): string {
  const where = place === undefined ? "" : `${place.file}:${place.line}: `;
  const value = found === undefined ? "" : `found ${renderValue(found)}; `;
  return `${where}${kind}: ${subject}: ${value}${text}`;
}

/** Notes in the order of their places. */
export const inOrder = (notes: readonly Note[]): Note[] =>
  [...new Map(notes.map((note) => [noteLine(note), note])).values()].toSorted(
    (a, b) =>
      compared(a.place?.file ?? "", b.place?.file ?? "") || (a.place?.line ?? 0) - (b.place?.line ?? 0),
  );

const compared = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

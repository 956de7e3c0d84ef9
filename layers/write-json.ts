import { closeSync, openSync, writeSync } from "node:fs";

/** A JSON object under construction. */
export type Json = Record<string, unknown>;

/** Size of the pieces that a file is written in, in bytes. */
const pieceSize = 256 * 1024;

/**
 * Write a value as JSON, with the keys of all objects sorted, so that equal values give equal files. Integers come first,
 * as in every object of JavaScript.
 *
 * A stack with thousands of resources has megabytes. `writeFileSync` would take ten times as long, most of it for a copy of
 * the text.
 *
 * @param value what JSON can express
 */
export function writeJson(file: string, value: Json): void {
  const text = JSON.stringify(inOrder(value), null, 2);
  const encoder = new TextEncoder();
  const piece = new Uint8Array(pieceSize);
  const target = openSync(file, "w");
  try {
    for (let at = 0; at < text.length; ) {
      const { read, written } = encoder.encodeInto(text.slice(at), piece);
      for (let from = 0; from < written; ) from += writeSync(target, piece, from, written - from);
      at += read;
    }
  } finally {
    closeSync(target);
  }
}

/** A value with the keys of all objects in it sorted. An object whose keys are sorted already is not copied. */
function inOrder(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(inOrder);
  const json = value as Json;
  const keys = Object.keys(json);
  const isSorted = keys.every((key, index) => index === 0 || String(keys[index - 1]) < key);
  if (!isSorted) return Object.fromEntries(keys.sort().map((key) => [key, inOrder(json[key])]));
  for (const key of keys) json[key] = inOrder(json[key]);
  return json;
}

import { stripVTControlCharacters } from "node:util";

/** A message of Terraform without its frame, colors and line breaks, which depend on the width of the terminal. */
export const oneLine = (printed: string): string =>
  stripVTControlCharacters(printed).replace(/[\s│╷╵]+/g, " ");

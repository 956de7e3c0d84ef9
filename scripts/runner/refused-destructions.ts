import { stripVTControlCharacters } from "node:util";

/**
 * Terraform's errors without those of `prevent_destroy`, which the review explains once and in fewer lines.
 *
 * @param errors what Terraform wrote to standard error, with or without colors: with them, each error has a frame
 */
export function withoutRefusedDestructions(errors: string): string {
  const separate = errors.split(/(?=^.*╷)|(?=^Error: )/m);
  const others = separate
    .filter((error) => !/^\W*Error: Instance cannot be destroyed/.test(stripVTControlCharacters(error)))
    .join("");
  return others.trim() === "" ? "" : others;
}

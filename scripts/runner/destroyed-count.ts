import { stripVTControlCharacters } from "node:util";

/**
 * How many resources `terraform destroy` has destroyed, by its own last message; `undefined` if there is none.
 *
 * @param printed standard output, as text or, with `-json`, as one object in each line
 * @see https://developer.hashicorp.com/terraform/internals/machine-readable-ui#change-summary
 */
export function destroyedCount(printed: string): number | undefined {
  const text = stripVTControlCharacters(printed);
  const [, count] = /^Destroy complete! Resources: (\d+) destroyed\b/m.exec(text) ?? [];
  return count === undefined ? jsonCount(text) : Number(count);
}

function jsonCount(text: string): number | undefined {
  const lines = text.split("\n").filter((line) => line.includes('"change_summary"'));
  const summaries = lines.flatMap((line) => {
    const { type, changes } = parsed(line);
    return type === "change_summary" && changes?.operation === "destroy" ? [changes.remove] : [];
  });
  return summaries.at(-1);
}

interface Message {
  readonly type?: string;
  readonly changes?: { readonly operation: string; readonly remove: number };
}

/** A line of Terraform; nothing if a provider or a wrapper has printed it, and it is no JSON. */
function parsed(line: string): Message {
  try {
    return JSON.parse(line) as Message;
  } catch {
    return {};
  }
}

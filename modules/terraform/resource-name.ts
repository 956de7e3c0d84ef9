import { createHash } from "node:crypto";

/** One part of a construct's path below its stack. */
export interface PathPart {
  readonly id: string;
  /** Whether a user chose it, e.g. the short name of a repository. */
  readonly chosen: boolean;
  /** Service whose resources do not need this part. @default - none */
  readonly service?: string | undefined;
  /** What it was before, if the user has changed it. @default - it is what it was */
  readonly former?: string | undefined;
}

/**
 * The name of a resource in Terraform, e.g. `web-app` of `aws_ecr_repository.web-app`. It depends on the type and the path
 * alone, not on other resources.
 *
 * - Parts that the type says already are left out: `repository` of `aws_ecr_repository`.
 * - A name that a user chose is never left out, and stays as it is where Terraform accepts it and nothing can be confused
 *   with it. Otherwise it gets eight digits of its hash.
 *
 * @param type e.g. `aws_ecr_repository`
 * @param path parts from the stack down to the resource; at least one
 * @see https://developer.hashicorp.com/terraform/language/syntax/configuration#identifiers
 */
export function resourceName(type: string, path: readonly PathPart[]): string {
  const [service] = wordsOf(type);
  const kept = path.flatMap((part) => {
    if (part.chosen) return [part];
    if (part.service !== undefined && service === part.service) return [];
    const id = shortened(type, part.id);
    return id === "" ? [] : [{ ...part, id }];
  });
  const parts = kept.map(({ id, chosen }, index) =>
    chosen ? chosenName(id, index === kept.length - 1) : fixedName(id),
  );
  // Names such as `aws_vpc.vpc`, where the type says everything.
  const name = parts.length > 0 ? parts.join("_") : fixedName(path.at(-1)?.id ?? type);
  return /^[A-Za-z_]/.test(name) ? name : `_${name}`;
}

/** The name that a resource had before parts of its path were renamed; `undefined` if none was. */
export function formerResourceName(type: string, path: readonly PathPart[]): string | undefined {
  if (path.every(({ former }) => former === undefined)) return undefined;
  return resourceName(
    type,
    path.map((part) => ({ ...part, id: part.former ?? part.id })),
  );
}

/** Whether Terraform accepts a text inside a name. */
const accepted = /^[A-Za-z0-9_-]+$/;

/** A part of our own, e.g. `flow_logs`. */
function fixedName(id: string): string {
  return accepted.test(id) ? id : hashed(id);
}

/**
 * A name that a user chose. An underscore ends a part, so it stays only in the last one; a leading digit or underscore,
 * and what looks like a hash, could be confused with what this function adds.
 */
function chosenName(id: string, last: boolean): string {
  const plain = accepted.test(id) && /^[A-Za-z]/.test(id) && !/_[0-9a-f]{8}$/.test(id);
  return plain && (last || !id.includes("_")) ? id : hashed(id);
}

function hashed(id: string): string {
  const digits = createHash("sha256").update(id).digest("hex").slice(0, 8);
  return `${id.replace(/[^A-Za-z0-9_-]/g, "_")}_${digits}`;
}

/** Types and parts of our own are few, and the resources with them can be many, so what is worked out is kept. */
const wordsByType = new Map<string, readonly string[]>();
const shortenedParts = new Map<string, string>();

/** The words of a type in the singular, without the provider: `ecr` and `repository` of `aws_ecr_repository`. */
function wordsOf(type: string): readonly string[] {
  const words = wordsByType.get(type) ?? type.split("_").slice(1).map(singular);
  wordsByType.set(type, words);
  return words;
}

/** {@link withoutWords} of a part of our own. */
function shortened(type: string, id: string): string {
  const key = `${type} ${id}`;
  const short = shortenedParts.get(key) ?? withoutWords(id, wordsOf(type));
  shortenedParts.set(key, short);
  return short;
}

/**
 * A part without what the type says: nothing of `lifecycle_policy` in `aws_ecr_lifecycle_policy`, and `us-east-1a` of
 * `us-east-1a_route_table` in `aws_route_table`, where the type ends with the same words.
 */
function withoutWords(id: string, words: readonly string[]): string {
  const parts = id.split("_");
  if (parts.every((part) => words.includes(singular(part)))) return "";
  let same = 0;
  while (singular(parts.at(-1 - same) ?? "") === words.at(-1 - same)) same++;
  return parts.slice(0, parts.length - same).join("_");
}

const singular = (word: string): string => word.replace(/ies$/, "y").replace(/(?<=[^s])s$/, "");

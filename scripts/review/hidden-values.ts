import { valueAt } from "../../modules/values/value-at";
import { containerIn } from "./canonical";
import { isHidden } from "./hidden-word";
import { holdsSecret, isFlagOfSecret, namesSecrets, replaceSecrets } from "./secret-texts";
import type { AttributePath, ResourceChange, TerraformPlan } from "./terraform-plan";

/** Gives equal values the same word: see hidden-word.ts. */
class Hidden {
  private readonly numbers = new Map<string, number>();
  private readonly keys = new Map<string, Key>();

  wordFor(value: unknown, kind: "sensitive value" | "hidden"): string {
    const key = JSON.stringify(value);
    const number = this.numbers.get(key) ?? this.numbers.size + 1;
    this.numbers.set(key, number);
    return `(${kind} ${number})`;
  }

  private readonly hide = (secret: string): string => this.wordFor(secret, "hidden");

  /** A text without its parts that look like a secret; in a JSON document also without values that are named as one. */
  readonly readable = (text: string): string => {
    const shown = replaceSecrets(text, this.hide);
    const document = namesSecrets(shown) ? containerIn(shown) : undefined;
    const hidden = concealed(document, [], this);
    return hidden === document ? shown : JSON.stringify(hidden);
  };

  /** What to know about a key. Resources of a type have the same keys, so each is looked at once. */
  keyOf(name: string): Key {
    const known = this.keys.get(name);
    if (known !== undefined) return known;
    const key = { shown: this.readable(name), namesSecret: holdsSecret(name) };
    this.keys.set(name, key);
    return key;
  }
}

interface Key {
  readonly shown: string;
  /** Whether its value is a secret, by its name. */
  readonly namesSecret: boolean;
}

/**
 * A plan without what Terraform marks as sensitive and without texts that look like a secret. A path that leads into a
 * sensitive value ends before it, because its keys are a part of the value.
 */
export function withoutSensitiveValues(plan: TerraformPlan): TerraformPlan {
  const hidden = new Hidden();
  const outputs = Object.entries(plan.output_changes ?? {}).map(([name, { actions }]) => [name, { actions }]);
  return {
    format_version: plan.format_version,
    resource_changes: (plan.resource_changes ?? []).map((change) => withoutSensitive(change, hidden)),
    output_changes: Object.fromEntries(outputs),
  };
}

/** A value without texts that look like a secret: in it, in its keys, and under keys that name a secret. */
export const withoutSecrets = <T>(value: T): T => concealed(value, [], new Hidden()) as T;

function withoutSensitive(resource: ResourceChange, hidden: Hidden): ResourceChange {
  const { change } = resource;
  const { before, after, after_unknown: unknown, before_sensitive: old, after_sensitive: current } = change;
  // Most resources have no mark, only an empty value in the shape of one.
  const marks = [old, current].filter(holdsTrue);
  return {
    ...resource,
    address: hidden.readable(resource.address),
    change: {
      ...change,
      before: concealed(before, marks, hidden),
      after: concealed(after, marks, hidden),
      after_unknown: concealed(marks.length === 0 ? unknown : whereVisible(unknown, marks), [], hidden),
      before_sensitive: concealed(old, [], hidden),
      after_sensitive: concealed(current, [], hidden),
      ...(change.replace_paths && {
        replace_paths: change.replace_paths.map((path) => shownPath(visible(path, marks), hidden)),
      }),
    },
  };
}

/**
 * A value with its hidden parts replaced; what has none is not copied.
 *
 * @param marks values of the same shape, with `true` for what is sensitive on either side of a change
 */
function concealed(value: unknown, marks: readonly unknown[], hidden: Hidden): unknown {
  if (value === null || value === undefined) return value;
  if (marks.includes(true)) return hidden.wordFor(value, "sensitive value");
  if (typeof value === "string") return hidden.readable(value);
  if (typeof value !== "object") return value;
  return Array.isArray(value) ? concealedList(value, marks, hidden) : concealedObject(value, marks, hidden);
}

function concealedList(
  list: readonly unknown[],
  marks: readonly unknown[],
  hidden: Hidden,
): readonly unknown[] {
  let copy: unknown[] | undefined;
  for (let index = 0; index < list.length; index++) {
    const item = list[index];
    const isSecret = isFlagOfSecret(list[index - 1]) && isScalar(item);
    const shown = isSecret ? hidden.wordFor(item, "hidden") : concealed(item, below(marks, index), hidden);
    if (shown === item) continue;
    copy ??= [...list];
    copy[index] = shown;
  }
  return copy ?? list;
}

/** What is hidden is collected first: most objects have nothing of it, and then nothing of them is copied. */
function concealedObject(value: object, marks: readonly unknown[], hidden: Hidden): object {
  let shownEntries: Map<string, [string, unknown]> | undefined;
  for (const name in value) {
    const inner = (value as Record<string, unknown>)[name];
    const { shown, namesSecret } = hidden.keyOf(name);
    const isSecret = (namesSecret || (name === "value" && isNamedSecret(value))) && isScalar(inner);
    const shownInner = isSecret
      ? hidden.wordFor(inner, "hidden")
      : concealed(inner, below(marks, name), hidden);
    if (shown === name && shownInner === inner) continue;
    shownEntries ??= new Map();
    shownEntries.set(name, [shown, shownInner]);
  }
  if (shownEntries === undefined) return value;
  return Object.fromEntries(Object.entries(value).map((entry) => shownEntries.get(entry[0]) ?? entry));
}

/** A text, a number, or a list of them: what may be a secret itself. */
const isScalar = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.length > 0 && value.every(isScalar)
    : (typeof value === "string" && value !== "" && !isHidden(value)) || typeof value === "number";

/** A pair such as `{ name: "DB_PASSWORD", value: "…" }`, in which containers have their environment. */
function isNamedSecret(pair: object): boolean {
  const { name } = pair as { readonly name?: unknown };
  return typeof name === "string" && holdsSecret(name);
}

/** The marks of a part. Most values have none, and then nothing is looked up. */
const below = (marks: readonly unknown[], key: PropertyKey): readonly unknown[] =>
  marks.length === 0
    ? marks
    : marks.map((mark) => valueAt(mark, [key])).filter((mark) => isContainer(mark) || mark === true);

const isContainer = (value: unknown): value is object => typeof value === "object" && value !== null;

/** A path with the keys that stand in the values. */
const shownPath = (path: AttributePath, hidden: Hidden): AttributePath =>
  path.map((key) => (typeof key === "string" ? hidden.keyOf(key).shown : key));

/** What is unknown, without keys of sensitive values. */
function whereVisible(unknown: unknown, marks: readonly unknown[]): unknown {
  if (!isContainer(unknown)) return unknown;
  if (marks.includes(true)) return holdsTrue(unknown);
  if (Array.isArray(unknown)) return unknown.map((item, index) => whereVisible(item, below(marks, index)));
  return Object.fromEntries(
    Object.entries(unknown).map(([key, inner]) => [key, whereVisible(inner, below(marks, key))]),
  );
}

function holdsTrue(value: unknown): boolean {
  return isContainer(value) ? Object.values(value).some(holdsTrue) : value === true;
}

/** A path up to the first sensitive value. Anything but names and numbers, such as a member of a set, is a value. */
function visible(path: AttributePath, marks: readonly unknown[]): AttributePath {
  const isWhole = (length: number) =>
    marks.some((mark) => valueAt(mark, path.slice(0, length)) === true) ||
    !["string", "number"].includes(typeof path[length]);
  const end = path.findIndex((_, length) => isWhole(length));
  return end === -1 ? path : path.slice(0, end);
}

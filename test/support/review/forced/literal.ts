/** A type of resource in the output of `terraform providers schema -json`. */
export interface TypeSchema {
  readonly version: number;
  readonly block: BlockSchema;
}

export interface BlockSchema {
  readonly attributes?: Readonly<Record<string, { readonly type?: unknown; readonly nested_type?: object }>>;
  readonly block_types?: Readonly<
    Record<string, { readonly block: BlockSchema; readonly nesting_mode: string }>
  >;
}

/** Arguments with a text in place of each reference, in the shape of the schema. */
export function literal(values: object, { attributes = {}, block_types: blocks = {} }: BlockSchema): object {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([argument]) => argument in attributes || argument in blocks)
      .map(([argument, value]) => {
        const block = blocks[argument];
        if (block !== undefined) {
          const items = [value].flat().map((item) => literal(item as object, block.block));
          // `timeouts`, which is no list.
          return [argument, block.nesting_mode === "single" ? items[0] : items];
        }
        return [argument, argumentOf(value, attributes[argument]?.type)];
      }),
  );
}

function argumentOf(value: unknown, type: unknown): unknown {
  const [collection] = Array.isArray(type) ? type : [type];
  const isList = collection === "list" || collection === "set";
  // A map in the shape of a block.
  if (collection === "map" && Array.isArray(value)) return deep(value[0]);
  if (isList && typeof value === "string") return [deep(value)];
  if (type === "number" && typeof value === "string") return 1;
  if (type === "bool" && typeof value === "string") return value === "true";
  if (type === "string" && typeof value === "number") return String(value);
  return deep(value);
}

const deep = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value ?? null), (_, inner: unknown) =>
    typeof inner === "string" ? withoutReferences(inner) : inner,
  );

/** What providers accept in place of references, by a part of the reference. They check the form of nothing else. */
const accepted: readonly (readonly [part: RegExp, value: string])[] = [
  [/arn/, "arn:aws:iam::123456789012:role/other"],
  [/cidr/, "10.0.0.0/16"],
  [/aws_launch_template.*\bid\b/, "lt-0123456789abcdef0"],
  [/version/, "1"],
];

/** Escaped ones stay. */
const withoutReferences = (text: string): string =>
  text.replace(/\$\$\{|\$\{((?:[^{}"]|"[^"]*"|\{[^{}]*\})*)\}/g, (all, expression?: string) =>
    expression === undefined ? all : (accepted.find(([part]) => part.test(expression))?.[1] ?? "other"),
  );

/** The type of an attribute, e.g. `"string"` or `["list", "string"]`. */
type AttributeType =
  | string
  | readonly [kind: string, element: AttributeType | Readonly<Record<string, AttributeType>>];

interface Attribute {
  readonly type?: AttributeType;
  /** Attributes that are objects, of providers with protocol 6. */
  readonly nested_type?: object;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
}

interface Nested {
  readonly nesting_mode: string;
  readonly block: Block;
  readonly min_items?: number;
  readonly max_items?: number;
}

/** The arguments of a resource, data source or provider that belong to the provider. */
export const ofProvider = (values: object): object =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !ofTerraform.includes(name)));

/** A block in the output of `terraform providers schema -json`. */
export interface Block {
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly block_types?: Readonly<Record<string, Nested>>;
}

/** Arguments of Terraform itself, and CDKTF's metadata, in the block of a resource or provider. */
const ofTerraform: readonly string[] = [
  "//",
  "provider",
  "lifecycle",
  "depends_on",
  "count",
  "for_each",
  "provisioner",
  "alias",
];

/**
 * Where a block differs from its schema, each as `path: what`: an unknown argument, one that only the provider sets, one that
 * is missing, one of another type, or too few or many blocks.
 *
 * @param values of a resource as {@link ofProvider} returns them
 * @param path of the block, e.g. `aws_ecr_repository.web`
 * @see https://developer.hashicorp.com/terraform/cli/commands/providers/schema
 */
export function schemaFaults(values: object, block: Block, path: string): string[] {
  const { attributes = {}, block_types: blocks = {} } = block;
  const present = new Map<string, unknown>(Object.entries(values).filter(([, value]) => value !== null));
  const missing = [
    ...Object.keys(attributes).filter((name) => attributes[name]?.required && !present.has(name)),
    ...Object.keys(blocks).filter((name) => (blocks[name]?.min_items ?? 0) > 0 && !present.has(name)),
  ];
  return [
    ...missing.map((name) => `${path}.${name}: missing`),
    ...[...present].flatMap(([name, value]) => {
      const at = `${path}.${name}`;
      const [attribute, nested] = [attributes[name], blocks[name]];
      if (attribute !== undefined) return attributeFaults(value, attribute, at);
      return nested === undefined ? [`${at}: unknown`] : nestedFaults(value, nested, at);
    }),
  ];
}

function attributeFaults(value: unknown, { type, required, optional }: Attribute, at: string): string[] {
  if (!required && !optional) return [`${at}: only the provider sets it`];
  return type === undefined || fits(value, type)
    ? []
    : [`${at}: ${JSON.stringify(value)} is no ${JSON.stringify(type)}`];
}

function nestedFaults(value: unknown, nested: Nested, at: string): string[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  const { min_items: least = 0, max_items: most = 0, nesting_mode: mode } = nested;
  const limit = mode === "single" || mode === "group" ? 1 : most;
  const wrongCount = items.length < least || (limit > 0 && items.length > limit);
  return [
    ...(wrongCount ? [`${at}: ${items.length} blocks`] : []),
    ...items.flatMap((item, index) =>
      typeof item === "object" && item !== null
        ? schemaFaults(item, nested.block, `${at}[${index}]`)
        : [`${at}[${index}]: no block`],
    ),
  ];
}

/** A text that is one expression may have any type. */
const isExpression = (value: unknown): boolean => typeof value === "string" && /^\$\{.*\}$/s.test(value);

function fits(value: unknown, type: AttributeType): boolean {
  if (isExpression(value)) return true;
  if (typeof type === "string")
    return type === "dynamic" || typeof value === (type === "bool" ? "boolean" : type);
  const [kind, element] = type;
  if (kind === "object")
    return (
      isObject(value) &&
      Object.entries(value).every(([name, one]) => {
        const known = (element as Readonly<Record<string, AttributeType>>)[name];
        return known !== undefined && fits(one, known);
      })
    );
  if (kind === "map")
    return isObject(value) && Object.values(value).every((one) => fits(one, element as AttributeType));
  return Array.isArray(value) && value.every((one) => fits(one, element as AttributeType));
}

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

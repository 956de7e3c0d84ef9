import type { Node } from "./syntax-node";
import { ModuleReader, writtenModule } from "./written-module";
import { isDefinition, WrittenValues } from "./written-value";

export type { Node } from "./syntax-node";

/** Where an option is written, and its value. */
export interface WrittenOption {
  /** The property or the element of a list. */
  readonly place: Node;
  /** The value, without types, and as the constant that it names. */
  readonly value: Node;
}

/** The definition of an environment in a file. */
export interface WrittenDefinition {
  /** The call of `defineEnvironment`. */
  readonly call: Node;
  /** The options along a path, outermost first, as far as they are written as literals. */
  along(path: readonly PropertyKey[]): WrittenOption[];
}

/** The file that a source is the text of. Its nodes then have file names, and the files that it imports are read too. */
interface SourceFile {
  /** E.g. `environments/prod.ts`. */
  readonly file: string;
  /** The text of another file; `undefined` if it does not exist. */
  readonly read: (file: string) => string | undefined;
}

/**
 * Find options in the text of an environment file.
 *
 * @param source the text of the file
 * @param from @default - a text without a file: what it imports is not read
 * @returns `undefined` without a call of `defineEnvironment`
 * @throws SyntaxError when the text is not TypeScript
 */
export function writtenDefinition(source: string, from?: SourceFile): WrittenDefinition | undefined {
  const module = writtenModule(source, from?.file);
  const values = new WrittenValues(new ModuleReader(from?.read ?? (() => undefined)));
  const definition = [...module.constants.values()]
    .map((node) => values.literal(values.declared(module, node)))
    .find(({ node }) => isDefinition(node));
  if (definition === undefined) return undefined;
  const along = (path: readonly PropertyKey[]): WrittenOption[] => {
    const found: WrittenOption[] = [];
    const [options] = definition.node.arguments ?? [];
    let inner = options && { ...definition, node: options };
    for (const key of path) {
      const one = inner && values.entry(values.literal(inner), key);
      if (one === undefined) return found;
      found.push({ place: one.place, value: values.literal(one.value).node });
      inner = one.value;
    }
    return found;
  };
  return { call: definition.node, along };
}

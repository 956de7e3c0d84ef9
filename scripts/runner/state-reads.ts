/** The parts of a stack's Terraform JSON that configure its own state and the states it reads. */
export interface StateJson {
  readonly terraform?: { readonly backend?: Readonly<Record<string, StateConfig>> };
  readonly data?: {
    readonly terraform_remote_state?: Readonly<
      Record<string, { readonly backend: string; readonly config: StateConfig; readonly lifecycle?: object }>
    >;
  };
}

type StateConfig = Readonly<Record<string, unknown>>;

/** What one stack reads from the state of another. */
export interface StateRead {
  /** The stack that reads. */
  readonly reader: string;
  /** The stack whose state it is; `undefined` if it is no stack of the app. */
  readonly writer: string | undefined;
  /** Names of the outputs that the reader refers to or checks, sorted. */
  readonly outputs: readonly string[];
}

/**
 * Every read of a remote state. Derived from the synthesized JSON, so there is no second list to keep in sync.
 *
 * @param stacks Terraform JSON of every stack, by name
 */
export function stateReads(stacks: Readonly<Record<string, StateJson>>): StateRead[] {
  const writers = new Map(Object.entries(stacks).flatMap(([name, json]) => locationsOf(json, name)));
  return Object.entries(stacks).flatMap(([reader, json]) => {
    const sources = Object.entries(json.data?.terraform_remote_state ?? {});
    if (sources.length === 0) return [];
    const outputs = outputsRead(JSON.stringify(json));
    return sources.map(([source, { backend, config, lifecycle }]) => ({
      reader,
      writer: writers.get(stateLocation(backend, config)),
      outputs: [...new Set([...(outputs.get(source) ?? []), ...outputsChecked(lifecycle)])].toSorted(),
    }));
  });
}

function locationsOf({ terraform }: StateJson, stack: string): [string, string][] {
  return Object.entries(terraform?.backend ?? {}).map(([kind, config]) => [
    stateLocation(kind, config),
    stack,
  ]);
}

/** What only the writer of a state configures: the lock, and whose credentials it accepts. */
const writerSettings = ["use_lockfile", "allowed_account_ids"];

/** Writer and reader configure the same location identically. */
function stateLocation(backend: string, config: StateConfig): string {
  const settings = Object.entries(config).filter(([key]) => !writerSettings.includes(key));
  return JSON.stringify([backend, settings.toSorted()]);
}

/** Names of outputs, by the data source from which they are read. */
function outputsRead(json: string): Map<string, Set<string>> {
  const read = new Map<string, Set<string>>();
  for (const [, source = "", output = ""] of json.matchAll(
    /data\.terraform_remote_state\.([\w-]+)\.outputs\.([\w-]+)/g,
  ))
    read.set(source, (read.get(source) ?? new Set()).add(output));
  return read;
}

/** Names of outputs in the checks of a data source. */
function outputsChecked(lifecycle: object = {}): string[] {
  const references = JSON.stringify(lifecycle).matchAll(/self\.outputs\.([\w-]+)/g);
  return [...references].map(([, output = ""]) => output);
}

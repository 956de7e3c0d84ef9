/** The part of a stack's Terraform JSON that says where its state is and what it reads from others. */
export interface StateJson {
  readonly terraform?: { readonly backend?: Readonly<Record<string, StatePlace>> };
  readonly data?: {
    readonly terraform_remote_state?: Readonly<
      Record<string, { readonly backend: string; readonly config: StatePlace }>
    >;
  };
}

type StatePlace = Readonly<Record<string, unknown>>;

/** What one stack reads from the state of another. */
export interface StateRead {
  /** The stack that reads. */
  readonly reader: string;
  /** The stack that keeps its state there; `undefined` when no stack of the app does. */
  readonly writer: string | undefined;
  /** Names of the outputs that the reader refers to, sorted. */
  readonly outputs: readonly string[];
}

/**
 * Every read of a remote state, from the synthesized JSON itself, so that no second list can disagree with it.
 *
 * @param stacks Terraform JSON of every stack, by name
 */
export function stateReads(stacks: Readonly<Record<string, StateJson>>): StateRead[] {
  const writers = new Map(Object.entries(stacks).flatMap(([name, json]) => placesOf(json, name)));
  return Object.entries(stacks).flatMap(([reader, json]) => {
    const sources = Object.entries(json.data?.terraform_remote_state ?? {});
    if (sources.length === 0) return [];
    const outputs = outputsRead(JSON.stringify(json));
    return sources.map(([source, { backend, config }]) => ({
      reader,
      writer: writers.get(place(backend, config)),
      outputs: [...(outputs.get(source) ?? [])].toSorted(),
    }));
  });
}

function placesOf({ terraform }: StateJson, stack: string): [string, string][] {
  return Object.entries(terraform?.backend ?? {}).map(([kind, config]) => [place(kind, config), stack]);
}

/** Writer and reader describe the place in the same words, except for the lock, which only a writer takes. */
function place(backend: string, config: StatePlace): string {
  const settings = Object.entries(config).filter(([key]) => key !== "use_lockfile");
  return JSON.stringify([backend, settings.toSorted()]);
}

/** Names of outputs by the data source that they are read from. */
function outputsRead(json: string): Map<string, Set<string>> {
  const read = new Map<string, Set<string>>();
  for (const [, source = "", output = ""] of json.matchAll(
    /data\.terraform_remote_state\.([\w-]+)\.outputs\.([\w-]+)/g,
  ))
    read.set(source, (read.get(source) ?? new Set()).add(output));
  return read;
}

import type { StackJson } from "../synth";

/** One output that a stack reads from a remote state. */
export interface Reading {
  readonly reader: string;
  readonly output: string;
  /** What the reader says about the place of the state: kind of backend and configuration. */
  readonly backend: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** Every reference to an output of a remote state, at any place of any stack, each once. */
export function readingsIn(stacks: Readonly<Record<string, StackJson>>): Reading[] {
  return Object.entries(stacks).flatMap(([reader, json]) => {
    const references = JSON.stringify(json).matchAll(
      /data\.terraform_remote_state\.([\w-]+)\.outputs\.([\w-]+)/g,
    );
    const distinct = new Map(
      [...references].map(([text, source = "", output = ""]) => [text, [source, output]]),
    );
    return [...distinct.values()].map(([source = "", output = ""]) => {
      const { backend, config } = json["data"].terraform_remote_state[source];
      return { reader, output, backend, config };
    });
  });
}

/** The stacks that keep their state there. Both sides must say the same, but for the lock, which only a writer has. */
export function writersOf(
  { backend, config }: Reading,
  stacks: Readonly<Record<string, StackJson>>,
): string[] {
  const place = (of: Readonly<Record<string, unknown>> = {}) =>
    JSON.stringify(
      Object.entries(of)
        .filter(([key]) => key !== "use_lockfile")
        .toSorted(),
    );
  return Object.entries(stacks)
    .filter(([, json]) => place(json["terraform"].backend[backend]) === place(config))
    .map(([name]) => name);
}

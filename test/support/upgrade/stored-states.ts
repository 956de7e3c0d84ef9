import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DeployedState } from "../../../scripts/upgrade/stack-upgrade";

const folder = join(__dirname, "states");

/** Longest text that is kept. Longer ones are policies and descriptions, which replace nothing. */
const longest = 120;

/** The versions of the project of which there are states. */
export const storedVersions = (): string[] => readdirSync(folder).toSorted();

/** The states that a version left, by stack. */
export function storedStates(version: string): Record<string, DeployedState> {
  return Object.fromEntries(
    readdirSync(join(folder, version)).map((file) => [
      file.replace(/\.json$/, ""),
      JSON.parse(readFileSync(join(folder, version, file), "utf8")),
    ]),
  );
}

/** Write the state of a stack, with no more than an upgrade looks at: addresses, scalars and outputs. */
export function storeState(version: string, stack: string, state: DeployedState): void {
  mkdirSync(join(folder, version), { recursive: true });
  writeFileSync(
    join(folder, version, `${stack}.json`),
    `${JSON.stringify({ ...smaller(state), serial: 1 }, null, 2)}\n`,
  );
}

function smaller({ version, serial, outputs = {}, resources = [] }: DeployedState): DeployedState {
  return {
    ...{ version, serial },
    outputs: Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, { value }])),
    resources: resources
      .filter(({ mode }) => mode === "managed")
      .map(({ mode, type, name, instances = [] }) => ({
        ...{ mode, type, name },
        instances: instances.map(({ attributes = {} }) => ({ attributes: kept(attributes) as object })),
      })),
  };
}

/** A value without what is long, empty or secret. */
function kept(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(kept);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(
    ([name, inner]) =>
      name !== "tags_all" &&
      inner !== null &&
      inner !== "" &&
      !(typeof inner === "string" && inner.length > longest) &&
      !(typeof inner === "object" && Object.keys(inner).length === 0),
  );
  return Object.fromEntries(entries.map(([name, inner]) => [name, kept(inner)]));
}

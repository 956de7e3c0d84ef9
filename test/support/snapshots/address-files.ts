import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { definitions } from "../../../environments/all";
import { loadProject } from "../../../environments/load";
import { addressesOf, type DeclaredStack } from "../../../scripts/states/declared";
import { only } from "../environments/minimal";
import { everyConsumer } from "../every-consumer";
import { synth, synthProject } from "../synth";
import { type LostAddresses, lostAddresses } from "./lost-addresses";

/** Where the lists of addresses are: a file for each stack, with an address in each line. */
export const addressFolder = "test/addresses";

const ending = ".txt";

/** The stacks whose addresses are a promise: those of `environments/`, and below `fixtures/` one of everything. */
export function promisedStacks(): Record<string, DeclaredStack> {
  const fixtures = synth(only(everyConsumer));
  return {
    ...synthProject(loadProject(definitions)),
    ...Object.fromEntries(Object.entries(fixtures).map(([name, json]) => [`fixtures/${name}`, json])),
  };
}

/** The addresses that each stack is known to have, by its name. */
export function writtenAddresses(folder: string = addressFolder): Record<string, string[]> {
  if (!existsSync(folder)) return {};
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    files.toSorted().map((file) => [
      relative(folder, file).slice(0, -ending.length).split(sep).join("/"),
      readFileSync(file, "utf8")
        .split("\n")
        .filter((line) => line !== ""),
    ]),
  );
}

/** The addresses of stacks, by the stack's name. */
export function currentAddresses(stacks: Readonly<Record<string, DeclaredStack>>): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(stacks).map(([name, json]) => [name, addressesOf(json).toSorted()]),
  );
}

/**
 * Write the lists of all stacks. A stack that would lose addresses keeps its list, unless the loss is accepted.
 *
 * @returns the losses that are not accepted
 */
export function renewAddresses(
  stacks: Readonly<Record<string, DeclaredStack>>,
  { acceptLost, folder = addressFolder }: { readonly acceptLost: boolean; readonly folder?: string },
): LostAddresses[] {
  const written = writtenAddresses(folder);
  const losses = acceptLost ? [] : lostAddresses(written, stacks);
  const kept = new Set(losses.map(({ stack }) => stack));
  const current = currentAddresses(stacks);
  for (const stack of Object.keys(written))
    if (!(stack in current) && !kept.has(stack)) rmSync(join(folder, `${stack}${ending}`));
  for (const [stack, addresses] of Object.entries(current)) {
    if (kept.has(stack)) continue;
    const file = join(folder, `${stack}${ending}`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, addresses.map((address) => `${address}\n`).join(""));
  }
  return losses;
}

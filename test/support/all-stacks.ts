import { guide } from "./environments/guide";
import { only } from "./environments/minimal";
import { everyConsumer } from "./every-consumer";
import { type StackJson, synth } from "./synth";

/** Terraform JSON of the environments of the guide and of one that has everything, by stack. */
export const allStacks: Readonly<Record<string, StackJson>> = {
  ...synth(guide),
  ...synth(only(everyConsumer)),
};

/** One resource of a stack. */
export interface Resource {
  readonly stack: string;
  /** `<type>.<name>`, as other resources refer to it. */
  readonly address: string;
  readonly arguments: StackJson;
}

/** The resources of some types in all stacks. */
export const resources = (...types: string[]): Resource[] => resourcesIn(allStacks, ...types);

/** The resources of some types in these stacks. */
export function resourcesIn(stacks: Readonly<Record<string, StackJson>>, ...types: string[]): Resource[] {
  return Object.entries(stacks).flatMap(([stack, json]) =>
    types.flatMap((type) =>
      Object.entries<StackJson>(json["resource"]?.[type] ?? {}).map(([name, values]) => ({
        stack,
        address: `${type}.${name}`,
        arguments: values,
      })),
    ),
  );
}

/** Resources that break a rule, as `<stack> <address>`. */
export const breaking = (found: readonly Resource[], holds: (resource: Resource) => boolean): string[] =>
  found.filter((resource) => !holds(resource)).map(({ stack, address }) => `${stack} ${address}`);

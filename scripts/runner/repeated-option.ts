import { Option } from "commander";

/** Collects the values of an option that can be given several times. */
export const repeated = (value: string, earlier: readonly string[] = []): string[] => [...earlier, value];

/**
 * An option that can be given several times.
 *
 * @param flags e.g. `--role <arn>`
 * @param description without "can be repeated", which is added
 */
export const repeatedOption = (flags: string, description: string): Option =>
  new Option(flags, `${description}; can be repeated`).argParser(repeated).default([], "none");

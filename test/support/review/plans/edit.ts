import type { Layer } from "../../../../environments/naming";
import type { Environments } from "./base";

/** One edit of the environment files, as somebody would make it. */
export interface Edit {
  /** What somebody wants, in a few words. */
  readonly title: string;
  /** The layers of dev that it changes. */
  readonly layers: readonly Layer[];
  /** Flags for `npm run plan`, which go to Terraform. @default - none */
  readonly flags?: readonly string[];
  /** Changes the options of the environments in place. */
  readonly change: (environments: Editable) => void;
}

/** Options that can be changed. */
// biome-ignore lint/suspicious/noExplicitAny: an edit may write what the types of a file refuse, and reach any option
export type Editable = Record<keyof Environments, any>;

/** The environments after an edit. */
export function edited(environments: Environments, { change }: Edit): Environments {
  const copy = structuredClone(environments) as Editable;
  change(copy);
  return copy;
}

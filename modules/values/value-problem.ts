/** A problem with a value: its path, what is there, and "rule; remedy". */
export interface ValueProblem {
  readonly path: readonly PropertyKey[];
  readonly found: unknown;
  /** Whether nobody wrote it: it is the default of an option. @default false */
  readonly isDefault?: boolean;
  readonly advice: string;
}

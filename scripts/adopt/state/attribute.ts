/** Blocks of the provider's schema are lists, also where there is at most one. */
type Block = Readonly<Record<string, unknown>>;

export const blocks = (value: unknown): readonly Block[] => (Array.isArray(value) ? (value as Block[]) : []);

/** A text that is set. The provider stores an argument that is not set as an empty text, too. */
export const text = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

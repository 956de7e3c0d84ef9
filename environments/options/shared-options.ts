import type { EnvironmentInput } from "./environment";

/**
 * Options that several environment files spread: `export const company = { … } satisfies SharedOptions`. `satisfies` checks
 * them where they are written, and keeps their exact types.
 */
export type SharedOptions = Partial<EnvironmentInput>;

/** The same for one repository. */
export type SharedRepository = NonNullable<NonNullable<EnvironmentInput["ecr"]>["repositories"]>[string];

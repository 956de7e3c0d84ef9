import { folders } from "./tiers.json";

export type Tier = keyof typeof folders;

/**
 * The folders of each project of vitest. Every test file is in one of them. They are JSON, because vitest's settings read
 * them before anything can load TypeScript.
 *
 * - `unit` needs only Node.js.
 * - `commands` runs the commands, and deploys the shipped environments to the emulator: what `npm test` adds to `unit`.
 * - `rehearsals` are long: every step of the pipelines, moves and losses of registries, further environments, and what else
 *   few changes touch. `npm run test:rehearsals` runs them, and so does CI.
 */
export const tiers: Readonly<Record<Tier, readonly string[]>> = folders;

/** The tiers that a file is in, by its path in the project. */
export const tiersOf = (file: string): Tier[] =>
  (Object.keys(tiers) as Tier[]).filter((tier) =>
    tiers[tier].some((folder) => file.startsWith(`${folder}/`)),
  );

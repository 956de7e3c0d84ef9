/**
 * The folders of each project of vitest. Every test file is in one of them.
 *
 * - `unit` needs only Node.js.
 * - `commands` runs the commands, and deploys the shipped environments to the emulator: what `npm test` adds to `unit`.
 * - `rehearsals` are long: every step of the pipelines, moves and losses of registries, and what else few changes touch.
 *   `npm run test:rehearsals` runs them, and so does CI.
 */
export const tiers = {
  unit: ["test/unit"],
  commands: ["test/commands", "test/emulator"],
  rehearsals: ["test/rehearsals", "test/cdktn"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Tier = keyof typeof tiers;

/** Patterns of a tier's test files, for vitest. */
export const filesOf = (tier: Tier): string[] => tiers[tier].map((folder) => `${folder}/**/*.test.ts`);

/** The tiers that a file is in, by its path in the project. */
export const tiersOf = (file: string): Tier[] =>
  (Object.keys(tiers) as Tier[]).filter((tier) =>
    tiers[tier].some((folder) => file.startsWith(`${folder}/`)),
  );

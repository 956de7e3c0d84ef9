/**
 * The folders of each project of vitest. Every test file is in one of them.
 *
 * - `unit` needs only Node.js.
 * - `commands` runs the commands, and deploys the shipped environments to the emulator: what `npm test` adds to `unit`.
 * - `rehearsals` are long: every step of the pipelines, moves and losses of registries, further environments, and what else
 *   few changes touch. `npm run test:rehearsals` runs them, and so does CI.
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

/** The files that start first, by their CPU time: last, they would leave cores idle at the end. */
export const longest: readonly string[] = [
  ...[
    "rehearsals/try",
    "rehearsals/try-all",
    "rehearsals/github-workflows",
    "rehearsals/gitlab-pipeline",
    "rehearsals/review",
  ],
  ...["rehearsals/prod", "rehearsals/synth", "rehearsals/shards", "rehearsals/replica-order"],
  ...[
    "rehearsals/registry-move",
    "rehearsals/cdktf-cli",
    "rehearsals/terraform-starts",
    "rehearsals/network",
  ],
  ...[
    "rehearsals/start",
    "emulator/dev",
    "rehearsals/replica-imports",
    "commands/runner",
    "commands/saved-plan",
  ],
].map((name) => `test/${name}.test.ts`);

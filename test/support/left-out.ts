import { filesIn } from "./files-in";
import { type Tier, tiers } from "./tiers";

/**
 * What a run of the commands' tests, with which `npm test` ends, has left to another command: one line.
 *
 * @param ran paths of the test files that ran
 * @returns undefined for a run of other files, be it of more or of fewer
 */
export function leftOut(ran: readonly string[], all = testFilesOf): string | undefined {
  if (!all("commands").every((file) => ran.includes(file))) return undefined;
  const rehearsals = all("rehearsals");
  if (rehearsals.some((file) => ran.includes(file))) return undefined;
  return `Left to \`npm run test:rehearsals\`, which CI runs too: ${rehearsals.length} files in test/rehearsals.`;
}

/** Paths of a tier's test files in the project. */
export const testFilesOf = (tier: Tier): string[] =>
  tiers[tier].flatMap(filesIn).filter((file) => file.endsWith(".test.ts"));

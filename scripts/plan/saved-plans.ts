import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "../runner/command";
import { digestOf, type Manifest, manifestFile, manifestFormat, sourceDigests } from "./manifest";

/**
 * The manifest of a folder, after everything that it names was compared with its digest.
 *
 * @throws CommandError with everything that has changed since the plans were made, or that stops them
 */
export function readSavedPlans(folder: string): Manifest {
  const manifest = manifestIn(folder);
  const again = `plan again: npm run plan -- ${manifest.environment} --out ${folder}`;
  const blocks = manifest.stacks.flatMap((saved) => saved.blocks);
  const problems = [...changedFiles(folder, manifest), ...changedSources(manifest)];
  if (problems.length > 0) throw new CommandError([...problems, `Nothing was applied; ${again}`].join("\n"));
  if (blocks.length > 0) throw new CommandError([...blocks, `Nothing was applied. Then ${again}`].join("\n"));
  return manifest;
}

function manifestIn(folder: string): Manifest {
  const path = join(folder, manifestFile);
  const refused = new CommandError(
    `${folder} holds no saved plans; make them: npm run plan -- <environment> --out ${folder}`,
  );
  if (!existsSync(path)) throw refused;
  try {
    const manifest = JSON.parse(readFileSync(path, "utf8")) as Manifest;
    if (manifest.format === manifestFormat) return manifest;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw refused;
}

function changedFiles(folder: string, { files }: Manifest): string[] {
  return Object.entries(files).flatMap(([path, digest]) => {
    const file = join(folder, path);
    if (!existsSync(file)) return [`${file} is missing.`];
    return digestOf(readFileSync(file)) === digest ? [] : [`${file} was changed after it was saved.`];
  });
}

function changedSources({ sources }: Manifest): string[] {
  const current = sourceDigests();
  return [...new Set([...Object.keys(sources), ...Object.keys(current)])]
    .filter((file) => (sources[file] ?? null) !== (current[file] ?? null))
    .map((file) => `${file} is not what it was when the plans were made.`);
}
